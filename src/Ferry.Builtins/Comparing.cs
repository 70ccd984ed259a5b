using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>Equality and order of values.</summary>
internal static class Comparing
{
    /// <summary>Tells whether both could be told apart by order at all, looking at types only.</summary>
    public static bool CanCompare(Value left, Value right)
    {
        var isLeftNumber = left.IsInteger || left.IsFloat;
        var isRightNumber = right.IsInteger || right.IsFloat;
        return (isLeftNumber && isRightNumber)
            || (left.Kind == right.Kind && (left.IsString || left.IsPath || left.IsList));
    }

    /// <param name="left">Forced.</param>
    /// <param name="right">Forced.</param>
    /// <param name="because">Becomes a trace unless empty.</param>
    public static bool IsLess(Value left, Value right, string because)
    {
        try
        {
            if (left.IsInteger && right.IsInteger)
                return left.AsInteger < right.AsInteger;
            if ((left.IsInteger || left.IsFloat) && (right.IsInteger || right.IsFloat))
                return Float(left) < Float(right);
            if (left.IsString && right.IsString)
                return left.AsString.Bytes.SequenceCompareTo(right.AsString.Bytes) < 0;
            if (left.IsPath && right.IsPath)
                return left.AsPath.Bytes.SequenceCompareTo(right.AsPath.Bytes) < 0;
            return left.IsList && right.IsList
                ? IsLess(left.AsList, right.AsList, because)
                : throw Incomparable(left, right);
        }
        catch (EvaluationException failure)
            when (because.Length > 0 && failure.AddTrace(Position.None, because))
        {
            throw;
        }
    }

    public static bool AreEqual(Value left, Value right, string because)
    {
        try
        {
            var stack = CallStack.Enter(Position.None);
            var result = AreEqualForced(left.Force(), right.Force(), because);
            stack.Leave();
            return result;
        }
        catch (EvaluationException failure)
            when (because.Length > 0 && failure.AddTrace(Position.None, because))
        {
            throw;
        }
    }

    private static double Float(Value value) => value.IsFloat ? value.AsFloat : value.AsInteger;

    private static bool IsLess(ListValue left, ListValue right, string because)
    {
        for (var index = 0; ; index++)
        {
            if (index == right.Length)
                return false;
            if (index == left.Length)
                return true;
            if (!AreEqual(left[index], right[index], because))
                return IsLess(
                    left.Force(index),
                    right.Force(index),
                    "while comparing two list elements"
                );
        }
    }

    private static bool AreEqualForced(Value left, Value right, string because)
    {
        if (left.IsSameAs(right))
            return !left.IsFloat || !double.IsNaN(left.AsFloat);
        if (left.IsInteger && right.IsInteger)
            return left.AsInteger == right.AsInteger;
        if ((left.IsInteger || left.IsFloat) && (right.IsInteger || right.IsFloat))
            return Float(left) == Float(right);
        if (left.Kind != right.Kind)
            return false;
        return left.Kind switch
        {
            ValueKind.String => left.AsString.SequenceEquals(right.AsString),
            ValueKind.Path => left.AsPath.SequenceEquals(right.AsPath),
            ValueKind.Boolean => left.AsBoolean == right.AsBoolean,
            ValueKind.Null => true,
            ValueKind.List => AreEqual(left.AsList, right.AsList, because),
            ValueKind.AttributeSet => AreEqual(left.AsAttributeSet, right.AsAttributeSet, because),
            _ => false,
        };
    }

    private static bool AreEqual(ListValue left, ListValue right, string because)
    {
        if (left.Length != right.Length)
            return false;
        for (var index = 0; index < left.Length; index++)
        {
            if (!AreEqual(left[index], right[index], because))
                return false;
        }

        return true;
    }

    // Two derivations are equal when they have the same output path, whatever else differs.
    private static bool AreEqual(AttributeSet left, AttributeSet right, string because)
    {
        if (
            Evaluation.Coercion.Derivations.IsDerivation(left)
            && Evaluation.Coercion.Derivations.IsDerivation(right)
            && left.TryGet(KnownNames.OutPath, out var leftPath)
            && right.TryGet(KnownNames.OutPath, out var rightPath)
        )
            return AreEqual(leftPath, rightPath, because);
        if (left.Count != right.Count)
            return false;
        for (var index = 0; index < left.Count; index++)
        {
            if (
                left.SymbolAt(index).Id != right.SymbolAt(index).Id
                || !AreEqual(left[index], right[index], because)
            )
                return false;
        }

        return true;
    }

    private static EvaluationException Incomparable(Value left, Value right)
    {
        var isSameType = left.Kind == right.Kind;
        var hint = new Hint(0, 0);
        hint.AppendLiteral("cannot compare ");
        hint.AppendFormatted(TypeNames.Show(left));
        hint.AppendLiteral(" with ");
        hint.AppendFormatted(TypeNames.Show(right));
        hint.AppendLiteral(
            isSameType
                ? "; values of that type are incomparable (values are "
                : "; values are "
        );
        hint.AppendFormatted(ValuePrinter.ForError(left));
        hint.AppendLiteral(" and ");
        hint.AppendFormatted(ValuePrinter.ForError(right));
        if (isSameType)
            hint.AppendLiteral(")");
        return EvaluationException.Failed(hint);
    }
}
