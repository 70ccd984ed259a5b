using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;

namespace Ferry.Evaluation.Coercion;

/// <summary>Equality and order of values.</summary>
public static class Comparison
{
    /// <summary><c>left == right</c> where both stand there as expressions: a function is not even equal to itself.</summary>
    public static bool AreEqual(Value left, Value right, Position position = default) =>
        AreEqual(left, right, position, isInside: false);

    /// <summary><c>left &lt; right</c> for numbers, strings, paths and lists of them.</summary>
    /// <param name="left">Forced.</param>
    /// <param name="right">Forced.</param>
    /// <param name="because">Becomes a trace when the two cannot be compared; none when empty.</param>
    public static bool IsLess(Value left, Value right, string because = "")
    {
        try
        {
            return IsLessUnexplained(left, right);
        }
        catch (EvaluationException failure)
            when (because.Length > 0 && failure.AddTrace(Position.None, because))
        {
            throw;
        }
    }

    /// <summary><c>==</c> of what lists and sets hold, where the very same function or float is equal to itself.</summary>
    public static bool AreElementsEqual(Value left, Value right, Position position = default) =>
        AreEqual(left, right, position, isInside: true);

    private static bool AreEqual(Value left, Value right, Position position, bool isInside)
    {
        var stack = CallStack.Enter(position);
        left = left.Force(position);
        right = right.Force(position);
        // Stock compares addresses here, and two expressions never share one.
        var result = (isInside && left.IsSameAs(right)) || AreForcedEqual(left, right, position);
        stack.Leave();
        return result;
    }

    private static bool AreForcedEqual(Value left, Value right, Position position)
    {
        if (left.IsInteger && right.IsFloat)
            return left.AsInteger == right.AsFloat;
        if (left.IsFloat && right.IsInteger)
            return left.AsFloat == right.AsInteger;
        if (left.Kind != right.Kind)
            return false;
        return left.Kind switch
        {
            ValueKind.Integer => left.AsInteger == right.AsInteger,
            ValueKind.Float => left.AsFloat == right.AsFloat,
            ValueKind.Boolean => left.AsBoolean == right.AsBoolean,
            ValueKind.Null => true,
            ValueKind.String => left.AsString.SequenceEquals(right.AsString),
            ValueKind.Path => left.AsPath.SequenceEquals(right.AsPath),
            ValueKind.List => AreListsEqual(left.AsList, right.AsList, position),
            ValueKind.AttributeSet => AreSetsEqual(
                left.AsAttributeSet,
                right.AsAttributeSet,
                position
            ),
            _ => false,
        };
    }

    private static bool AreListsEqual(ListValue left, ListValue right, Position position)
    {
        if (left.Length != right.Length)
            return false;
        for (var index = 0; index < left.Length; index++)
        {
            if (!AreEqual(left[index], right[index], position, isInside: true))
                return false;
        }
        return true;
    }

    private static bool AreSetsEqual(AttributeSet left, AttributeSet right, Position position)
    {
        if (Derivations.BothOutPaths(left, right, out var leftPath, out var rightPath))
            return AreEqual(leftPath, rightPath, position, isInside: true);
        if (left.Count != right.Count)
            return false;
        for (var index = 0; index < left.Count; index++)
        {
            if (!ReferenceEquals(left.SymbolAt(index), right.SymbolAt(index)))
                return false;
            if (!AreEqual(left[index], right[index], position, isInside: true))
                return false;
        }
        return true;
    }

    private static bool IsLessUnexplained(Value left, Value right)
    {
        if (left.IsFloat && right.IsInteger)
            return left.AsFloat < right.AsInteger;
        if (left.IsInteger && right.IsFloat)
            return left.AsInteger < right.AsFloat;
        if (left.Kind != right.Kind)
            throw Incomparable(left, right, "; values are ", "");
        return left.Kind switch
        {
            ValueKind.Integer => left.AsInteger < right.AsInteger,
            ValueKind.Float => left.AsFloat < right.AsFloat,
            ValueKind.String => left.AsString.Bytes.SequenceCompareTo(right.AsString.Bytes) < 0,
            ValueKind.Path => left.AsPath.Bytes.SequenceCompareTo(right.AsPath.Bytes) < 0,
            ValueKind.List => IsListLess(left.AsList, right.AsList),
            _ => throw Incomparable(
                left,
                right,
                "; values of that type are incomparable (values are ",
                ")"
            ),
        };
    }

    private static bool IsListLess(ListValue left, ListValue right)
    {
        for (var index = 0; ; index++)
        {
            if (index == right.Length)
                return false;
            if (index == left.Length)
                return true;
            if (!AreEqual(left[index], right[index], Position.None, isInside: true))
                return IsLess(
                    left.Force(index),
                    right.Force(index),
                    "while comparing two list elements"
                );
        }
    }

    private static EvaluationException Incomparable(
        Value left,
        Value right,
        string middle,
        string after
    )
    {
        var hint = new Hint(0, 0);
        hint.AppendLiteral("cannot compare ");
        hint.AppendFormatted(TypeNames.Show(left));
        hint.AppendLiteral(" with ");
        hint.AppendFormatted(TypeNames.Show(right));
        hint.AppendLiteral(middle);
        hint.AppendFormatted(ValuePrinter.ForError(left));
        hint.AppendLiteral(" and ");
        hint.AppendFormatted(ValuePrinter.ForError(right));
        hint.AppendLiteral(after);
        return EvaluationException.Failed(hint);
    }
}
