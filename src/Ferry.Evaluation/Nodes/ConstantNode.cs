using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Nodes;

/// <summary>A literal, or a builtin whose name nothing in scope hides.</summary>
internal sealed class ConstantNode(Value value) : Node
{
    public Value Value => value;

    public override Value Evaluate(Frame frame) => value.Force();

    public override Delayed Delay(Frame frame) => Delayed.Of(value);

    public override bool TryEvaluateCheaply(Frame frame, out Value result)
    {
        result = value;
        return value.IsForced;
    }
}
