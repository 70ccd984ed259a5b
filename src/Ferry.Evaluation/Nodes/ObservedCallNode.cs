using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Observation;

namespace Ferry.Evaluation.Nodes;

/// <summary><c>f a b …</c> where somebody watches: as <see cref="CallManyNode"/>, and told to the observer.</summary>
internal sealed class ObservedCallNode(Node function, Node[] arguments, Position position) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var callee = function.Evaluate(frame);
        var stack = CallStack.Enter(position);
        var values = new Value[arguments.Length];
        for (var index = 0; index < values.Length; index++)
            values[index] = arguments[index].DelayArgument(frame).Share();
        var result = CallObservation.Call(callee, values, position);
        stack.Leave();
        return result;
    }
}
