using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>What of the machine a program may see.</summary>
internal static class EnvironmentBuiltins
{
    public static Builtin[] Table { get; } =
    [
        new(
            "getEnv",
            ["s"],
            "Returns an environment variable; empty when it is not set or evaluation is pure.",
            GetEnvironmentVariable
        ),
    ];

    private static Value GetEnvironmentVariable(in BuiltinCall call)
    {
        var name = call.ForceStringWithoutContext(0).ToString();
        return call.Settings.IsPure || call.Settings.IsRestricted
            ? Value.EmptyString
            : Value.Of(call.Environment.Variable(name) ?? "");
    }
}
