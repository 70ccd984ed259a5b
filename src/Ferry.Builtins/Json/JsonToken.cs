namespace Ferry.Builtins.Json;

internal enum JsonToken
{
    True,
    False,
    Null,
    String,
    Unsigned,
    Integer,
    Float,
    BeginArray,
    BeginObject,
    EndArray,
    EndObject,
    NameSeparator,
    ValueSeparator,
    ParseError,
    EndOfInput,
    LiteralOrValue,
}

internal static class JsonTokenNames
{
    public static string Of(JsonToken token) =>
        token switch
        {
            JsonToken.True => "true literal",
            JsonToken.False => "false literal",
            JsonToken.Null => "null literal",
            JsonToken.String => "string literal",
            JsonToken.Unsigned or JsonToken.Integer or JsonToken.Float => "number literal",
            JsonToken.BeginArray => "'['",
            JsonToken.BeginObject => "'{'",
            JsonToken.EndArray => "']'",
            JsonToken.EndObject => "'}'",
            JsonToken.NameSeparator => "':'",
            JsonToken.ValueSeparator => "','",
            JsonToken.ParseError => "<parse error>",
            JsonToken.EndOfInput => "end of input",
            _ => "'[', '{', or a literal",
        };
}
