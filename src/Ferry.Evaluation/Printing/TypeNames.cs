using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Printing;

/// <summary>What stock calls the types.</summary>
public static class TypeNames
{
    /// <summary>With article and detail, for messages: <c>a string with context</c>.</summary>
    public static string Show(Value value) =>
        value.Kind switch
        {
            ValueKind.Integer => "an integer",
            ValueKind.Float => "a float",
            ValueKind.Boolean => "a Boolean",
            ValueKind.Null => "null",
            ValueKind.String => value.AsString.HasContext ? "a string with context" : "a string",
            ValueKind.Path => "a path",
            ValueKind.List => "a list",
            ValueKind.AttributeSet => "a set",
            ValueKind.Function => ShowFunction(value),
            _ => "a thunk",
        };

    /// <summary>As <c>builtins.typeOf</c> answers.</summary>
    public static string TypeOf(Value value) =>
        value.Kind switch
        {
            ValueKind.Integer => "int",
            ValueKind.Float => "float",
            ValueKind.Boolean => "bool",
            ValueKind.Null => "null",
            ValueKind.String => "string",
            ValueKind.Path => "path",
            ValueKind.List => "list",
            ValueKind.AttributeSet => "set",
            _ => "lambda",
        };

    private static string ShowFunction(Value value)
    {
        if (value.IsLambda)
            return "a function";
        var name = value.BoundBuiltin.Builtin.Name;
        return value.IsBuiltin
            ? $"the built-in function '{name}'"
            : $"the partially applied built-in function '{name}'";
    }
}
