using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>Questions about the type of a value.</summary>
internal static class TypeBuiltins
{
    public static Builtin[] Table { get; } =
    [
        new("isAttrs", ["e"], "Tells whether a value is an attribute set.", IsAttrs),
        new("isBool", ["e"], "Tells whether a value is a Boolean.", IsBool),
        new("isFloat", ["e"], "Tells whether a value is a float.", IsFloat),
        new("isFunction", ["e"], "Tells whether a value is a function.", IsFunction),
        new("isInt", ["e"], "Tells whether a value is an integer.", IsInt),
        new("isList", ["e"], "Tells whether a value is a list.", IsList),
        new("isNull", ["e"], "Tells whether a value is null.", IsNull) { IsGlobal = true },
        new("isPath", ["e"], "Tells whether a value is a path.", IsPath),
        new("isString", ["e"], "Tells whether a value is a string.", IsString),
        new("typeOf", ["e"], "Returns the name of a value's type.", TypeOf),
    ];

    private static Value IsAttrs(in BuiltinCall call) => Value.Of(call.Force(0).IsAttributeSet);

    private static Value IsBool(in BuiltinCall call) => Value.Of(call.Force(0).IsBoolean);

    private static Value IsFloat(in BuiltinCall call) => Value.Of(call.Force(0).IsFloat);

    private static Value IsFunction(in BuiltinCall call) => Value.Of(call.Force(0).IsFunction);

    private static Value IsInt(in BuiltinCall call) => Value.Of(call.Force(0).IsInteger);

    private static Value IsList(in BuiltinCall call) => Value.Of(call.Force(0).IsList);

    private static Value IsNull(in BuiltinCall call) => Value.Of(call.Force(0).IsNull);

    private static Value IsPath(in BuiltinCall call) => Value.Of(call.Force(0).IsPath);

    private static Value IsString(in BuiltinCall call) => Value.Of(call.Force(0).IsString);

    private static Value TypeOf(in BuiltinCall call) => Value.Of(TypeNames.TypeOf(call.Force(0)));
}
