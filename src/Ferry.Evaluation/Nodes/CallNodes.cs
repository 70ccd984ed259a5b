using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Nodes;

/// <summary><c>f a</c>.</summary>
internal sealed class CallNode(Node function, Node argument, Position position) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var callee = function.Evaluate(frame);
        var stack = CallStack.Enter(position);
        Value result;
        if (callee.IsLambda)
            result = callee.LambdaNode.Enter(callee.LambdaFrame, argument, frame, position);
        else if (callee.IsBuiltin && callee.BoundBuiltin is { Arity: 1 } builtin)
            result = builtin.Invoke(argument, frame, position);
        else
            result = Calling.Apply(callee, argument.DelayArgument(frame).Share(), position);
        stack.Leave();
        return result;
    }
}

/// <summary><c>f a b …</c>.</summary>
internal sealed class CallManyNode(Node function, Node[] arguments, Position position) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var callee = function.Evaluate(frame);
        var stack = CallStack.Enter(position);
        var frames = CurriedFrames.Start();
        for (var index = 0; index < arguments.Length; )
        {
            if (callee.IsLambda)
            {
                callee = callee.LambdaNode.Enter(
                    callee.LambdaFrame,
                    arguments[index++],
                    frame,
                    position
                );
                frames.Add(callee);
            }
            else if (callee.IsBuiltin && arguments.Length - index >= callee.BoundBuiltin.Arity)
            {
                var builtin = callee.BoundBuiltin;
                callee = builtin.Invoke(arguments.AsSpan(index, builtin.Arity), frame, position);
                index += builtin.Arity;
            }
            else
            {
                var argument = arguments[index++].DelayArgument(frame).Share();
                callee = Calling.Apply(callee, argument, position);
            }
        }
        stack.Leave();
        return frames.Leave(callee);
    }
}
