using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>Which builtin a value is.</summary>
internal static class BuiltinIdentity
{
    /// <returns>Null for anything but a builtin without arguments.</returns>
    public static Builtin? Of(Value value) => value.IsBuiltin ? value.BoundBuiltin.Builtin : null;
}
