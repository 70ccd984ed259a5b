using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>Numbers and order.</summary>
internal static class ArithmeticBuiltins
{
    private const string LessThanName = "lessThan";

    public static Builtin[] Table { get; } =
    [
        new("add", ["e1", "e2"], "Returns the sum of two numbers.", Add),
        new("bitAnd", ["e1", "e2"], "Returns the bitwise AND of two integers.", BitAnd),
        new("bitOr", ["e1", "e2"], "Returns the bitwise OR of two integers.", BitOr),
        new("bitXor", ["e1", "e2"], "Returns the bitwise XOR of two integers.", BitXor),
        new("ceil", ["number"], "Rounds up to an integer.", Ceil),
        new("div", ["e1", "e2"], "Returns the quotient of two numbers; integers round to zero.", Div),
        new("floor", ["number"], "Rounds down to an integer.", Floor),
        new(LessThanName, ["e1", "e2"], "Tells whether the first value comes before the second.", LessThan),
        new("mul", ["e1", "e2"], "Returns the product of two numbers.", Mul),
        new("sub", ["e1", "e2"], "Returns the difference of two numbers.", Sub),
    ];

    /// <summary>True for the builtin <c>lessThan</c> itself, whatever name it has in the program.</summary>
    public static bool IsLessThan(Value function) =>
        BuiltinIdentity.Of(function) is { Name: LessThanName };

    private static Value Add(in BuiltinCall call)
    {
        const string first = "while evaluating the first argument of the addition";
        const string second = "while evaluating the second argument of the addition";
        if (HasFloat(call))
            return Value.Of(call.ForceFloat(0, first) + call.ForceFloat(1, second));
        var left = call.ForceInt(0, first);
        var right = call.ForceInt(1, second);
        var sum = unchecked(left + right);
        return ((left ^ sum) & (right ^ sum)) < 0
            ? throw BuiltinCall.Fail($"integer overflow in adding {left} + {right}")
            : Value.Of(sum);
    }

    private static Value BitAnd(in BuiltinCall call) => Value.Of(call.ForceInt(0) & call.ForceInt(1));

    private static Value BitOr(in BuiltinCall call) => Value.Of(call.ForceInt(0) | call.ForceInt(1));

    private static Value BitXor(in BuiltinCall call) => Value.Of(call.ForceInt(0) ^ call.ForceInt(1));

    private static Value Ceil(in BuiltinCall call) => Round(call, Math.Ceiling);

    private static Value Div(in BuiltinCall call)
    {
        const string first = "while evaluating the first operand of the division";
        const string second = "while evaluating the second operand of the division";
        var hasFloat = HasFloat(call);
        var divisor = call.ForceFloat(1, second);
        if (divisor == 0)
            throw BuiltinCall.Fail("division by zero");
        if (hasFloat)
            return Value.Of(call.ForceFloat(0, first) / divisor);
        var left = call.ForceInt(0, first);
        var right = call.ForceInt(1, second);
        return left == long.MinValue && right == -1
            ? throw BuiltinCall.Fail($"integer overflow in dividing {left} / {right}")
            : Value.Of(left / right);
    }

    private static Value Floor(in BuiltinCall call) => Round(call, Math.Floor);

    private static Value LessThan(in BuiltinCall call)
    {
        var left = call.Force(0);
        return Value.Of(Comparing.IsLess(left, call.Force(1), ""));
    }

    private static Value Mul(in BuiltinCall call)
    {
        // The missing word is stock's.
        const string first = "while evaluating the first of the multiplication";
        const string second = "while evaluating the second argument of the multiplication";
        if (HasFloat(call))
            return Value.Of(call.ForceFloat(0, first) * call.ForceFloat(1, second));
        var left = call.ForceInt(0, "while evaluating the first argument of the multiplication");
        var right = call.ForceInt(1, second);
        var high = Math.BigMul(left, right, out var product);
        return high != product >> 63
            ? throw BuiltinCall.Fail($"integer overflow in multiplying {left} * {right}")
            : Value.Of(product);
    }

    private static Value Sub(in BuiltinCall call)
    {
        const string first = "while evaluating the first argument of the subtraction";
        const string second = "while evaluating the second argument of the subtraction";
        if (HasFloat(call))
            return Value.Of(call.ForceFloat(0, first) - call.ForceFloat(1, second));
        var left = call.ForceInt(0, first);
        var right = call.ForceInt(1, second);
        var difference = unchecked(left - right);
        return ((left ^ right) & (left ^ difference)) < 0
            ? throw BuiltinCall.Fail($"integer overflow in subtracting {left} - {right}")
            : Value.Of(difference);
    }

    private static bool HasFloat(in BuiltinCall call)
    {
        var isFirst = call.Force(0).IsFloat;
        return call.Force(1).IsFloat || isFirst;
    }

    // Integers take the way over floating point too, and what that would lose is an error: stock promises no better yet.
    private static Value Round(in BuiltinCall call, Func<double, double> round)
    {
        const double integerMin = long.MinValue;
        var rounded = round(call.ForceFloat(0));
        var argument = call.Force(0);
        if (!(rounded >= integerMin && rounded < -integerMin))
        {
            throw argument.IsInteger
                ? BuiltinCall.Fail(
                    $"Due to a bug (see https://github.com/NixOS/nix/issues/12899) the NixInt argument {argument.AsInteger} caused undefined behavior in previous Nix versions.\n\tFuture Nix versions might implement the correct behavior."
                )
                : BuiltinCall.Fail(
                    $"NixFloat argument {FloatText.General(argument.AsFloat)} is not in the range of NixInt"
                );
        }

        var result = (long)rounded;
        if (argument.IsInteger && argument.AsInteger != result)
            throw BuiltinCall.Fail(
                $"Due to a bug (see https://github.com/NixOS/nix/issues/12899) a loss of precision occurred in previous Nix versions because the NixInt argument {argument.AsInteger} was rounded to {result}.\n\tFuture Nix versions might implement the correct behavior."
            );
        return Value.Of(result);
    }
}
