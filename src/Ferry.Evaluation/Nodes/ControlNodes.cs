using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Formats;
using Ferry.Syntax.Printing;
using Ferry.Syntax.Tree;

namespace Ferry.Evaluation.Nodes;

/// <summary><c>let … in e</c>.</summary>
internal sealed class LetNode(Bindings bindings, Node body) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var inner = bindings.Enter(frame);
        return inner.Leave(body.Evaluate(inner));
    }
}

/// <summary><c>with s; e</c>.</summary>
internal sealed class WithNode(Node set, Node body) : Node
{
    public override Value Evaluate(Frame frame) =>
        body.Evaluate(Frame.Create(frame, set.Delay(frame)));
}

/// <summary><c>[ a b ]</c>, never empty.</summary>
internal sealed class ListNode(Node[] elements) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var list = ListValue.Create(elements.Length);
        for (var index = 0; index < elements.Length; index++)
            list.Set(index, elements[index].Delay(frame));
        return list.ToValue();
    }
}

/// <summary><c>if c then a else b</c>.</summary>
internal sealed class IfNode(Node condition, Node whenTrue, Node whenFalse, Position position)
    : Node
{
    public override Value Evaluate(Frame frame) =>
        Conditions.Evaluate(condition, frame, position, "while evaluating a branch condition")
            ? whenTrue.Evaluate(frame)
            : whenFalse.Evaluate(frame);
}

/// <param name="Left">Of a condition that is <c>==</c>.</param>
/// <param name="Right">Likewise.</param>
internal sealed record EqualityOperands(Node Left, Node Right);

/// <summary><c>assert c; e</c>. A failed equality says where the two sides differ.</summary>
internal sealed class AssertNode(
    Node condition,
    Node body,
    Expression shown,
    EqualityOperands? equality,
    Position position
) : Node
{
    public override Value Evaluate(Frame frame)
    {
        if (
            !Conditions.Evaluate(
                condition,
                frame,
                position,
                "in the condition of the assert statement"
            )
        )
            Fail(frame);
        return body.Evaluate(frame);
    }

    private void Fail(Frame frame)
    {
        var text = new ByteString(ExpressionPrinter.Format(shown));
        if (equality is not null)
        {
            try
            {
                var left = equality.Left.Evaluate(frame);
                var right = equality.Right.Evaluate(frame);
                EqualityAssertion.Check(left, right, Position.None);
            }
            catch (EvaluationException failure)
                when (failure.Kind == EvaluationErrorKind.Assertion
                    && failure.AddTrace(
                        position,
                        $"while evaluating the condition of the assertion '{text}'"
                    )
                )
            {
                throw;
            }
        }
        throw EvaluationException.AssertionFailed($"assertion '{text}' failed", position);
    }
}

/// <summary><c>!e</c>.</summary>
internal sealed class NotNode(Node operand, Position position) : Node
{
    public override Value Evaluate(Frame frame) =>
        Value.Of(
            !Conditions.Evaluate(operand, frame, position, "in the argument of the not operator")
        );
}

/// <summary><c>a &amp;&amp; b</c>.</summary>
internal sealed class AndNode(Node left, Node right, Position position) : Node
{
    public override Value Evaluate(Frame frame) =>
        Value.Of(
            Conditions.Evaluate(
                left,
                frame,
                position,
                "in the left operand of the AND (&&) operator"
            )
                && Conditions.Evaluate(
                    right,
                    frame,
                    position,
                    "in the right operand of the AND (&&) operator"
                )
        );
}

/// <summary><c>a || b</c>.</summary>
internal sealed class OrNode(Node left, Node right, Position position) : Node
{
    public override Value Evaluate(Frame frame) =>
        Value.Of(
            Conditions.Evaluate(
                left,
                frame,
                position,
                "in the left operand of the OR (||) operator"
            )
                || Conditions.Evaluate(
                    right,
                    frame,
                    position,
                    "in the right operand of the OR (||) operator"
                )
        );
}

/// <summary><c>a -> b</c>.</summary>
internal sealed class ImpliesNode(Node left, Node right, Position position) : Node
{
    public override Value Evaluate(Frame frame) =>
        Value.Of(
            !Conditions.Evaluate(
                left,
                frame,
                position,
                "in the left operand of the IMPL (->) operator"
            )
                || Conditions.Evaluate(
                    right,
                    frame,
                    position,
                    "in the right operand of the IMPL (->) operator"
                )
        );
}

/// <summary>Expressions that must be a Boolean.</summary>
internal static class Conditions
{
    public static bool Evaluate(Node node, Frame frame, Position position, string because)
    {
        try
        {
            var value = node.Evaluate(frame);
            return value.IsBoolean
                ? value.AsBoolean
                : throw Forcing.WrongType("a Boolean", value, position);
        }
        catch (EvaluationException failure) when (failure.AddTrace(position, because))
        {
            throw;
        }
    }
}
