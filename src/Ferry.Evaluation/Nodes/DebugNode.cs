using Ferry.Evaluation.Debugging;
using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Nodes;

/// <summary>An expression at which a person who debugs can look around.</summary>
internal sealed class DebugNode(DebugStack stack, DebugPlace place, Node inner) : Node
{
    public override Value Evaluate(Frame frame) => stack.Evaluate(place, inner, frame);
}

/// <summary>A selection: its subject is evaluated before the point is entered, as with stock.</summary>
internal sealed class DebugSelectNode(
    DebugStack stack,
    DebugPlace place,
    Node subject,
    Func<Node, Node> select
) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var value = subject.Evaluate(frame);
        return stack.Evaluate(place, select(new ConstantNode(value)), frame);
    }
}
