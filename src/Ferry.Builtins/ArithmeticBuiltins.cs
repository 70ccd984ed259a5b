using Ferry.Evaluation.Coercion;
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
        new(
            "div",
            ["e1", "e2"],
            "Returns the quotient of two numbers; integers round to zero.",
            Div
        ),
        new("floor", ["number"], "Rounds down to an integer.", Floor),
        new(
            LessThanName,
            ["e1", "e2"],
            "Tells whether the first value comes before the second.",
            LessThan
        ),
        new("mul", ["e1", "e2"], "Returns the product of two numbers.", Mul),
        new("sub", ["e1", "e2"], "Returns the difference of two numbers.", Sub),
    ];

    /// <summary>True for the builtin <c>lessThan</c> itself, whatever name it has in the program.</summary>
    public static bool IsLessThan(Value function) =>
        BuiltinIdentity.Of(function) is { Name: LessThanName };

    private static Value Add(in BuiltinCall call)
    {
        var left = call.Force(0);
        return Arithmetic.Add(left, call.Force(1));
    }

    private static Value BitAnd(in BuiltinCall call) =>
        Value.Of(call.ForceInt(0) & call.ForceInt(1));

    private static Value BitOr(in BuiltinCall call) =>
        Value.Of(call.ForceInt(0) | call.ForceInt(1));

    private static Value BitXor(in BuiltinCall call) =>
        Value.Of(call.ForceInt(0) ^ call.ForceInt(1));

    private static Value Ceil(in BuiltinCall call) => Round(call, Math.Ceiling);

    private static Value Div(in BuiltinCall call)
    {
        var left = call.Force(0);
        return Arithmetic.Divide(left, call.Force(1));
    }

    private static Value Floor(in BuiltinCall call) => Round(call, Math.Floor);

    private static Value LessThan(in BuiltinCall call)
    {
        var left = call.Force(0);
        return Value.Of(Comparison.IsLess(left, call.Force(1)));
    }

    private static Value Mul(in BuiltinCall call)
    {
        var left = call.Force(0);
        return Arithmetic.Multiply(left, call.Force(1));
    }

    private static Value Sub(in BuiltinCall call)
    {
        var left = call.Force(0);
        return Arithmetic.Subtract(left, call.Force(1));
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
