using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Coercion;

/// <summary>Numbers as the language computes them: 64 bits without overflow, or floats as soon as one side is one.</summary>
/// <remarks>Both operators and builtins use this; the operands must be forced.</remarks>
public static class Arithmetic
{
    public static Value Add(Value left, Value right)
    {
        if (left.IsFloat || right.IsFloat)
            return Value.Of(
                Float(left, "first argument of the addition")
                    + Float(right, "second argument of the addition")
            );
        var first = Integer(left, "first argument of the addition");
        var second = Integer(right, "second argument of the addition");
        return TryAdd(left, right, out var sum)
            ? sum
            : throw EvaluationException.Failed($"integer overflow in adding {first} + {second}");
    }

    public static Value Subtract(Value left, Value right)
    {
        if (left.IsInteger && right.IsInteger && TrySubtract(left, right, out var difference))
            return difference;
        if (left.IsFloat || right.IsFloat)
            return Value.Of(
                Float(left, "first argument of the subtraction")
                    - Float(right, "second argument of the subtraction")
            );
        var first = Integer(left, "first argument of the subtraction");
        var second = Integer(right, "second argument of the subtraction");
        throw EvaluationException.Failed($"integer overflow in subtracting {first} - {second}");
    }

    public static Value Multiply(Value left, Value right)
    {
        if (left.IsInteger && right.IsInteger && TryMultiply(left, right, out var product))
            return product;
        if (left.IsFloat || right.IsFloat)
            return Value.Of(
                Float(left, "first of the multiplication")
                    * Float(right, "second argument of the multiplication")
            );
        var first = Integer(left, "first argument of the multiplication");
        var second = Integer(right, "second argument of the multiplication");
        throw EvaluationException.Failed($"integer overflow in multiplying {first} * {second}");
    }

    public static Value Divide(Value left, Value right)
    {
        var divisor = Float(right, "second operand of the division");
        if (divisor == 0)
            throw EvaluationException.Failed("division by zero");
        if (left.IsFloat || right.IsFloat)
            return Value.Of(Float(left, "first operand of the division") / divisor);
        var first = Integer(left, "first operand of the division");
        var second = Integer(right, "second operand of the division");
        return first == long.MinValue && second == -1
            ? throw EvaluationException.Failed($"integer overflow in dividing {first} / {second}")
            : Value.Of(first / second);
    }

    /// <summary>The sum of two integers; false when it does not fit.</summary>
    internal static bool TryAdd(Value left, Value right, out Value sum)
    {
        long first = left.AsInteger,
            second = right.AsInteger,
            result = unchecked(first + second);
        sum = default;
        if (((first ^ result) & (second ^ result)) < 0)
            return false;
        sum = Value.Of(result);
        return true;
    }

    internal static bool TrySubtract(Value left, Value right, out Value difference)
    {
        long first = left.AsInteger,
            second = right.AsInteger,
            result = unchecked(first - second);
        difference = default;
        if (((first ^ second) & (first ^ result)) < 0)
            return false;
        difference = Value.Of(result);
        return true;
    }

    internal static bool TryMultiply(Value left, Value right, out Value product)
    {
        var high = Math.BigMul(left.AsInteger, right.AsInteger, out var low);
        product = default;
        if (high != low >> 63)
            return false;
        product = Value.Of(low);
        return true;
    }

    private static long Integer(Value value, string what) =>
        Forcing.Integer(value, Position.None, $"while evaluating the {what}");

    private static double Float(Value value, string what) =>
        value.IsFloat
            ? value.AsFloat
            : Forcing.Float(value, Position.None, $"while evaluating the {what}");
}
