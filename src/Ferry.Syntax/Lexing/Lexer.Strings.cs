using System.Buffers;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Syntax.Lexing;

/// <content>The insides of strings and indented strings.</content>
internal sealed partial class Lexer
{
    private static readonly SearchValues<byte> s_special = SearchValues.Create("\"\\$\r\0"u8);
    private static readonly SearchValues<byte> s_specialIndented = SearchValues.Create("'$\0"u8);

    private TokenKind NextInString()
    {
        Documentation = default;
        var first = ByteAt(End);
        if (first == '"' && End < _text.Length)
        {
            Pop();
            return Accept(1, TokenKind.Quote);
        }

        if (first == '$' && ByteAt(End + 1) == '{')
        {
            Push(Mode.Nested);
            return Accept(2, TokenKind.DollarBrace);
        }

        var end = FindEndOfStringPart(out var needsCopy, out var hasNull);
        if (end > End)
        {
            Accept(end - End);
            Value = needsCopy ? Unescape(Written) : WrittenMemory;
            if (hasNull)
                ThrowOnNull(Value.Span);
            return TokenKind.String;
        }

        // A "$" or a backslash that the end of the text cuts off: stock skips it and reports the end.
        if (end < _text.Length)
            Accept(first == '$' && ByteAt(end + 1) == '\\' ? 2 : 1);
        return TokenKind.EndOfFile;
    }

    private int FindEndOfStringPart(out bool needsCopy, out bool hasNull)
    {
        (needsCopy, hasNull) = (false, false);
        var end = End;
        while (true)
        {
            var distance = _text.AsSpan(end, _text.Length - end).IndexOfAny(s_special);
            if (distance < 0)
                return _text.Length;

            end += distance;
            switch (ByteAt(end))
            {
                case (byte)'"':
                    return end;
                case (byte)'\\':
                    if (end + 1 >= _text.Length)
                        return end;
                    needsCopy = true;
                    end += 2;
                    break;
                case (byte)'$':
                    var length = DollarLength(end);
                    if (length == 0)
                        return end;
                    end += length;
                    break;
                case (byte)'\r':
                    needsCopy = true;
                    end++;
                    break;
                default:
                    hasNull = true;
                    end++;
                    break;
            }
        }
    }

    // Two dollars stand for themselves, so that "$${" is no interpolation. 0: the dollar ends the part.
    private int DollarLength(int offset) =>
        ByteAt(offset + 1) switch
        {
            (byte)'{' => 0,
            (byte)'$' => 2,
            (byte)'\\' when offset + 2 >= _text.Length => 0,
            _ => offset + 1 >= _text.Length ? 0 : 1,
        };

    private static byte[] Unescape(ReadOnlySpan<byte> written)
    {
        var result = new byte[written.Length];
        var length = 0;
        for (var index = 0; index < written.Length; )
        {
            var character = written[index++];
            if (character == '\\')
            {
                character = written[index++] switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    var other => other,
                };
            }
            else if (character == '\r')
            {
                character = (byte)'\n';
                if (index < written.Length && written[index] == '\n')
                    index++;
            }

            result[length++] = character;
        }

        return result[..length];
    }

    private void ThrowOnNull(ReadOnlySpan<byte> value)
    {
        if (value.Contains((byte)0))
            throw SyntaxErrors.NullInString(Location(Start), value);
    }

    private TokenKind OpenIndentedString()
    {
        // Spaces up to the end of the first line do not count; with a carriage return they do.
        var end = End + 2;
        while (ByteAt(end) == ' ')
            end++;
        var length = ByteAt(end) == '\n' ? end + 1 - End : 2;
        Push(Mode.IndentedString);
        return Accept(length, TokenKind.IndentedStringOpen);
    }

    private TokenKind NextInIndentedString()
    {
        Documentation = default;
        var end = FindEndOfIndentedPart(out var hasNull);
        if (end > End)
        {
            Accept(end - End);
            Value = WrittenMemory;
            HasIndentation = true;
            if (hasNull)
                ThrowOnNull(Value.Span);
            return TokenKind.IndentedString;
        }

        if (End == _text.Length)
            return TokenKind.EndOfFile;
        if (ByteAt(End) != '$')
            return NextQuoteInIndentedString();
        if (ByteAt(End + 1) != '{')
            return AcceptLiteral(1, "$"u8);

        Push(Mode.Nested);
        return Accept(2, TokenKind.DollarBrace);
    }

    private TokenKind NextQuoteInIndentedString()
    {
        if (ByteAt(End + 1) != '\'' || End + 1 >= _text.Length)
            return AcceptLiteral(1, "'"u8);

        switch (ByteAt(End + 2))
        {
            case (byte)'$':
                return AcceptLiteral(3, "$"u8);
            case (byte)'\'':
                return AcceptLiteral(3, "''"u8);
            case (byte)'\\' when End + 3 < _text.Length:
                return AcceptLiteral(4, Unescape(_text.AsSpan(End + 2, 2)));
            default:
                Pop();
                return Accept(2, TokenKind.IndentedStringClose);
        }
    }

    private TokenKind AcceptLiteral(int length, ReadOnlySpan<byte> value)
    {
        Accept(length);
        Value = value.ToArray();
        HasIndentation = false;
        return TokenKind.IndentedString;
    }

    private int FindEndOfIndentedPart(out bool hasNull)
    {
        hasNull = false;
        var end = End;
        while (true)
        {
            var distance = _text.AsSpan(end, _text.Length - end).IndexOfAny(s_specialIndented);
            if (distance < 0)
                return _text.Length;

            end += distance;
            var character = ByteAt(end);
            if (character == 0)
            {
                hasNull = true;
                end++;
                continue;
            }

            // A sign that does not begin anything special takes the next byte with it.
            if (end + 1 >= _text.Length || ByteAt(end + 1) == '\'')
                return end;
            if (ByteAt(end + 1) == (character == '$' ? '{' : '$'))
                return end;

            hasNull |= ByteAt(end + 1) == 0;
            end += 2;
        }
    }
}
