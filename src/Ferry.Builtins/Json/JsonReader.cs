namespace Ferry.Builtins.Json;

/// <summary>Reads one JSON document and reports what it holds.</summary>
/// <remarks>Keeps one bit a level and never recurses, so nesting is limited by memory only.</remarks>
public static class JsonReader
{
    /// <exception cref="JsonTextException">The text is not one JSON document.</exception>
    public static void Read(ReadOnlySpan<byte> text, IJsonEvents events)
    {
        var lexer = new JsonLexer(text);
        var isArray = new Stack<bool>();
        var token = lexer.Scan();
        while (true)
        {
            if (token == JsonToken.BeginObject)
            {
                events.BeginObject();
                token = lexer.Scan();
                if (token != JsonToken.EndObject)
                {
                    isArray.Push(false);
                    token = Key(ref lexer, token, events);
                    continue;
                }

                events.EndObject();
            }
            else if (token == JsonToken.BeginArray)
            {
                events.BeginArray();
                token = lexer.Scan();
                if (token != JsonToken.EndArray)
                {
                    isArray.Push(true);
                    continue;
                }

                events.EndArray();
            }
            else
                Scalar(ref lexer, token, events);

            if (!TryNext(ref lexer, isArray, events, out token))
                return;
        }
    }

    // After a value: closes what ends here, and finds the next value if there is one.
    private static bool TryNext(
        ref JsonLexer lexer,
        Stack<bool> isArray,
        IJsonEvents events,
        out JsonToken token
    )
    {
        while (isArray.TryPeek(out var inArray))
        {
            token = lexer.Scan();
            if (token == JsonToken.ValueSeparator)
            {
                token = lexer.Scan();
                if (!inArray)
                    token = Key(ref lexer, token, events);
                return true;
            }

            if (inArray && token == JsonToken.EndArray)
                events.EndArray();
            else if (!inArray && token == JsonToken.EndObject)
                events.EndObject();
            else if (inArray)
                throw Unexpected(ref lexer, token, "array", JsonToken.EndArray);
            else
                throw Unexpected(ref lexer, token, "object", JsonToken.EndObject);
            isArray.Pop();
        }

        token = lexer.Scan();
        return token == JsonToken.EndOfInput
            ? false
            : throw Unexpected(ref lexer, token, "value", JsonToken.EndOfInput);
    }

    private static JsonToken Key(ref JsonLexer lexer, JsonToken token, IJsonEvents events)
    {
        if (token != JsonToken.String)
            throw Unexpected(ref lexer, token, "object key", JsonToken.String);
        events.Key(lexer.Value);
        token = lexer.Scan();
        return token == JsonToken.NameSeparator
            ? lexer.Scan()
            : throw Unexpected(ref lexer, token, "object separator", JsonToken.NameSeparator);
    }

    private static void Scalar(ref JsonLexer lexer, JsonToken token, IJsonEvents events)
    {
        switch (token)
        {
            case JsonToken.Null:
                events.Null();
                break;
            case JsonToken.True or JsonToken.False:
                events.Boolean(token == JsonToken.True);
                break;
            case JsonToken.Integer:
                events.Integer(lexer.Integer);
                break;
            case JsonToken.Unsigned:
                events.Unsigned(lexer.Unsigned);
                break;
            case JsonToken.Float:
                events.Float(
                    double.IsFinite(lexer.Float)
                        ? lexer.Float
                        : throw JsonTextException.NumberOverflow(lexer.LastRead)
                );
                break;
            case JsonToken.String:
                events.String(lexer.Value);
                break;
            case JsonToken.ParseError:
                throw Unexpected(ref lexer, token, "value", expected: null);
            case JsonToken.EndOfInput when lexer.ReadCount == 1:
                throw JsonTextException.Parse(
                    lexer.Line,
                    lexer.Column,
                    "attempting to parse an empty input; check that your input string or stream contains the "
                        + "expected JSON"
                );
            default:
                throw Unexpected(ref lexer, token, "value", JsonToken.LiteralOrValue);
        }
    }

    private static JsonTextException Unexpected(
        ref JsonLexer lexer,
        JsonToken token,
        string context,
        JsonToken? expected
    )
    {
        var found =
            token == JsonToken.ParseError
                ? $"{lexer.Error}; last read: '{lexer.LastRead}'"
                : $"unexpected {JsonTokenNames.Of(token)}";
        var wanted = expected is { } name ? $"; expected {JsonTokenNames.Of(name)}" : "";
        return JsonTextException.Parse(
            lexer.Line,
            lexer.Column,
            $"syntax error while parsing {context} - {found}{wanted}"
        );
    }
}
