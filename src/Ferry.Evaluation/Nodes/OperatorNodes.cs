using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Nodes;

/// <summary><c>a == b</c> and <c>a != b</c>.</summary>
internal sealed class EqualNode(Node left, Node right, bool isNegated, Position position) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var first = left.Evaluate(frame);
        var second = right.Evaluate(frame);
        return Value.Of(Comparison.AreEqual(first, second, position) != isNegated);
    }
}

/// <summary><c>a // b</c>. The right side is evaluated first, as in stock.</summary>
internal sealed class UpdateNode(
    Node left,
    Position leftPosition,
    Node right,
    Position rightPosition
) : Node
{
    private const string InLeft = "in the left operand of the update (//) operator";
    private const string InRight = "in the right operand of the update (//) operator";

    public override Value Evaluate(Frame frame)
    {
        var second = Operand(right, frame, rightPosition, InRight);
        var first = Operand(left, frame, leftPosition, InLeft);
        return LayeredSet.Update(first, second);
    }

    private static Value Operand(Node node, Frame frame, Position position, string because)
    {
        // A chain of updates says where it failed once, not once for each operator.
        if (node is UpdateNode)
            return node.Evaluate(frame);
        try
        {
            var value = node.Evaluate(frame);
            return value.IsAttributeSet
                ? value
                : throw Forcing.WrongType("a set", value, Position.None);
        }
        catch (EvaluationException failure) when (failure.AddTrace(position, because))
        {
            throw;
        }
    }
}

/// <summary><c>a ++ b</c>.</summary>
internal sealed class ConcatenateListsNode(Node left, Node right, Position position) : Node
{
    private const string Because = "while evaluating one of the elements to concatenate";

    public override Value Evaluate(Frame frame)
    {
        var first = left.Evaluate(frame);
        var second = right.Evaluate(frame);
        var head = Forcing.List(first, position, Because);
        var tail = Forcing.List(second, position, Because);
        if (tail.Length == 0)
            return first;
        if (head.Length == 0)
            return second;
        var list = ListValue.Create(head.Length + tail.Length);
        list.CopyFrom(head, 0);
        list.CopyFrom(tail, head.Length);
        return list.ToValue();
    }
}
