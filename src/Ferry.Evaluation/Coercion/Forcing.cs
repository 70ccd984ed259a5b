using System.Runtime.CompilerServices;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;

namespace Ferry.Evaluation.Coercion;

/// <summary>Forces a value that must be of one type, and explains it when it is not.</summary>
/// <remarks>
/// <c>because</c> becomes a trace both for the wrong type and for a failure inside the value, as in stock. The common
/// case, a value that is there already, costs a comparison.
/// </remarks>
internal static class Forcing
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Integer(Value value, Position position, string because) =>
        value.IsInteger
            ? value.AsInteger
            : ForceKind(value, ValueKind.Integer, "an integer", position, because).AsInteger;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Boolean(Value value, Position position, string because) =>
        value.IsBoolean
            ? value.AsBoolean
            : ForceKind(value, ValueKind.Boolean, "a Boolean", position, because).AsBoolean;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StringValue String(Value value, Position position, string because) =>
        value.IsString
            ? value.AsString
            : ForceKind(value, ValueKind.String, "a string", position, because).AsString;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ListValue List(Value value, Position position, string because) =>
        value.IsList
            ? value.AsList
            : ForceContainer(value, ValueKind.List, "a list", position, because).AsList;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AttributeSet AttributeSet(Value value, Position position, string because) =>
        AttributeSetValue(value, position, because).AsAttributeSet;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value AttributeSetValue(Value value, Position position, string because) =>
        value.IsAttributeSet
            ? value
            : ForceContainer(value, ValueKind.AttributeSet, "a set", position, because);

    /// <summary>An integer counts as a float.</summary>
    public static double Float(Value value, Position position, string because)
    {
        try
        {
            value = value.Force(position);
            if (value.IsInteger)
                return value.AsInteger;
            return value.IsFloat ? value.AsFloat : throw WrongType("a float", value, position);
        }
        catch (EvaluationException failure) when (failure.AddTrace(position, because))
        {
            throw;
        }
    }

    /// <summary>A lambda, a builtin, or a set with <c>__functor</c>.</summary>
    public static Value Function(Value value, Position position, string because)
    {
        try
        {
            value = value.Force(position);
            return value.IsFunction || IsFunctor(value)
                ? value
                : throw WrongType("a function", value, position);
        }
        catch (EvaluationException failure) when (failure.AddTrace(position, because))
        {
            throw;
        }
    }

    public static StringValue StringWithoutContext(
        Evaluator evaluator,
        Value value,
        Position position,
        string because
    )
    {
        var text = String(value, position, because);
        if (!text.HasContext)
            return text;
        var mentioned = evaluator.ShowContext(text.Context.Elements[0]);
        throw EvaluationException
            .Failed(
                $"the string '{text}' is not allowed to refer to a store path (such as '{mentioned}')"
            )
            .WithTrace(position, because);
    }

    public static bool IsFunctor(Value value) =>
        value.IsAttributeSet && value.AsAttributeSet.Find(KnownNames.Functor) >= 0;

    public static EvaluationException WrongType(string expected, Value found, Position position)
    {
        // Formatted piece by piece: "expected a set" has no colour in it.
        var hint = new Hint(0, 0);
        hint.AppendLiteral($"expected {expected} but found ");
        hint.AppendFormatted(TypeNames.Show(found));
        hint.AppendLiteral(": ");
        hint.AppendFormatted(ValuePrinter.ForError(found));
        return EvaluationException.WrongType(hint, position);
    }

    // Of lists and sets stock explains the wrong type only, without a position, and not a failure inside.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value ForceContainer(
        Value value,
        ValueKind kind,
        string expected,
        Position position,
        string because
    )
    {
        value = value.Force(position);
        return value.Kind == kind
            ? value
            : throw WrongType(expected, value, Position.None).WithTrace(position, because);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value ForceKind(
        Value value,
        ValueKind kind,
        string expected,
        Position position,
        string because
    )
    {
        try
        {
            value = value.Force(position);
            return value.Kind == kind ? value : throw WrongType(expected, value, position);
        }
        catch (EvaluationException failure) when (failure.AddTrace(position, because))
        {
            throw;
        }
    }
}
