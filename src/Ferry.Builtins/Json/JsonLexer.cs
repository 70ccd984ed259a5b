using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Ferry.Builtins.Json;

/// <summary>Cuts JSON text into tokens and knows what to say about text that is none.</summary>
/// <remarks>
/// Positions and "last read" text follow nlohmann's lexer, because the messages end up in front of people who look them up.
/// </remarks>
internal ref struct JsonLexer(ReadOnlySpan<byte> text)
{
    private const int EndOfText = -1;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ArrayBufferWriter<byte> _value = new();
    private int _position;

    // Where the text quoted by "last read" begins.
    private int _tokenStart;

    public int Line { get; private set; } = 1;

    /// <summary>Bytes read of the current line, as nlohmann counts them: the end of input is one more.</summary>
    public int Column { get; private set; }

    public int ReadCount { get; private set; }

    public string Error { get; private set; } = "";

    /// <summary>The text of a string token.</summary>
    public readonly ReadOnlySpan<byte> Value => _value.WrittenSpan;

    public long Integer { get; private set; }

    public ulong Unsigned { get; private set; }

    public double Float { get; private set; }

    /// <summary>What has been read since the last string or number began, with control characters spelled out.</summary>
    public readonly string LastRead
    {
        get
        {
            using var result = new MemoryStream();
            foreach (var character in _text[_tokenStart..Math.Min(_position, _text.Length)])
            {
                if (character < ' ')
                    result.Write(Encoding.ASCII.GetBytes($"<U+{(int)character:X4}>"));
                else
                    result.WriteByte(character);
            }

            return Encoding.UTF8.GetString(result.ToArray());
        }
    }

    public JsonToken Scan()
    {
        if (ReadCount == 0 && _text.StartsWith((byte)0xEF))
        {
            if (!_text.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
            {
                Read();
                if (Read() == 0xBB)
                    Read();
                return Fail("invalid BOM; must be 0xEF 0xBB 0xBF if given");
            }

            Read();
            Read();
            Read();
        }

        int character;
        do
        {
            character = Read();
        } while (character is ' ' or '\t' or '\n' or '\r');

        return character switch
        {
            '[' => JsonToken.BeginArray,
            ']' => JsonToken.EndArray,
            '{' => JsonToken.BeginObject,
            '}' => JsonToken.EndObject,
            ':' => JsonToken.NameSeparator,
            ',' => JsonToken.ValueSeparator,
            't' => Literal("true"u8, JsonToken.True),
            'f' => Literal("false"u8, JsonToken.False),
            'n' => Literal("null"u8, JsonToken.Null),
            '"' => ScanString(),
            '-' or (>= '0' and <= '9') => ScanNumber(character),
            EndOfText or 0 => JsonToken.EndOfInput,
            _ => Fail("invalid literal"),
        };
    }

    private int Read()
    {
        ReadCount++;
        Column++;
        if (_position >= _text.Length)
        {
            _position = _text.Length + 1;
            return EndOfText;
        }

        var character = _text[_position++];
        if (character == '\n')
        {
            Line++;
            Column = 0;
        }

        return character;
    }

    // Only ever after a number, where the byte given back may be a line feed.
    private void Unread()
    {
        ReadCount--;
        _position--;
        if (Column == 0)
            Line -= Line > 1 ? 1 : 0;
        else
            Column--;
    }

    private JsonToken Fail(string error)
    {
        Error = error;
        return JsonToken.ParseError;
    }

    private JsonToken Literal(ReadOnlySpan<byte> word, JsonToken token)
    {
        for (var index = 1; index < word.Length; index++)
        {
            if (Read() != word[index])
                return Fail("invalid literal");
        }

        return token;
    }

    private JsonToken ScanString()
    {
        _tokenStart = _position - 1;
        _value.ResetWrittenCount();
        while (true)
        {
            var character = Read();
            switch (character)
            {
                case EndOfText:
                    return Fail("invalid string: missing closing quote");
                case '"':
                    return JsonToken.String;
                case '\\':
                    if (ScanEscape() is { } error)
                        return Fail(error);
                    break;
                case < ' ':
                    return Fail(ControlCharacterError(character));
                default:
                    if (!ScanUtf8((byte)character))
                        return Fail("invalid string: ill-formed UTF-8 byte");
                    break;
            }
        }
    }

    private bool ScanUtf8(byte first)
    {
        var length = Utf8Check.SequenceLength(first);
        if (length == 0)
            return false;
        _value.Write([first]);
        for (var offset = 1; offset < length; offset++)
        {
            var next = Read();
            if (next == EndOfText || !Utf8Check.IsContinuation(first, offset, (byte)next))
                return false;
            _value.Write([(byte)next]);
        }

        return true;
    }

    /// <returns>Null on success, otherwise the error.</returns>
    private string? ScanEscape()
    {
        var character = Read();
        if (character == 'u')
            return ScanCodePoint();
        int value = character switch
        {
            '"' or '\\' or '/' => character,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => EndOfText,
        };
        if (value == EndOfText)
            return "invalid string: forbidden character after backslash";
        _value.Write([(byte)value]);
        return null;
    }

    private string? ScanCodePoint()
    {
        const string needsDigits = "invalid string: '\\u' must be followed by 4 hex digits";
        const string needsLow =
            "invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF";
        var value = ReadHex();
        if (value < 0)
            return needsDigits;
        if (value is >= 0xD800 and <= 0xDBFF)
        {
            if (Read() != '\\' || Read() != 'u')
                return needsLow;
            var low = ReadHex();
            if (low < 0)
                return needsDigits;
            if (low is not (>= 0xDC00 and <= 0xDFFF))
                return needsLow;
            value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
        }
        else if (value is >= 0xDC00 and <= 0xDFFF)
            return "invalid string: surrogate U+DC00..U+DFFF must follow U+D800..U+DBFF";

        Span<byte> encoded = stackalloc byte[4];
        _value.Write(encoded[..new Rune(value).EncodeToUtf8(encoded)]);
        return null;
    }

    private int ReadHex()
    {
        var value = 0;
        for (var digit = 0; digit < 4; digit++)
        {
            var character = Read();
            if (character == EndOfText || !char.IsAsciiHexDigit((char)character))
                return -1;
            value = (value << 4) + Convert.ToInt32(((char)character).ToString(), 16);
        }

        return value;
    }

    private static string ControlCharacterError(int character)
    {
        string[] names =
        [
            "NUL",
            "SOH",
            "STX",
            "ETX",
            "EOT",
            "ENQ",
            "ACK",
            "BEL",
            "BS",
            "HT",
            "LF",
            "VT",
            "FF",
            "CR",
            "SO",
            "SI",
            "DLE",
            "DC1",
            "DC2",
            "DC3",
            "DC4",
            "NAK",
            "SYN",
            "ETB",
            "CAN",
            "EM",
            "SUB",
            "ESC",
            "FS",
            "GS",
            "RS",
            "US",
        ];
        var shortForm = character switch
        {
            '\b' => " or \\b",
            '\t' => " or \\t",
            '\n' => " or \\n",
            '\f' => " or \\f",
            '\r' => " or \\r",
            _ => "",
        };
        return $"invalid string: control character U+{character:X4} ({names[character]}) must be escaped to "
            + $"\\u{character:X4}{shortForm}";
    }

    private JsonToken ScanNumber(int character)
    {
        _tokenStart = _position - 1;
        var isNegative = character == '-';
        if (isNegative)
        {
            character = Read();
            if (!IsDigit(character))
                return Fail("invalid number; expected digit after '-'");
        }

        var isFloat = false;
        character = character == '0' ? Read() : SkipDigits(character);
        if (character == '.')
        {
            isFloat = true;
            character = Read();
            if (!IsDigit(character))
                return Fail("invalid number; expected digit after '.'");
            character = SkipDigits(character);
        }

        if (character is 'e' or 'E')
        {
            isFloat = true;
            character = Read();
            if (character is '+' or '-')
            {
                character = Read();
                if (!IsDigit(character))
                    return Fail("invalid number; expected digit after exponent sign");
            }
            else if (!IsDigit(character))
                return Fail("invalid number; expected '+', '-', or digit after exponent");
            SkipDigits(character);
        }

        Unread();
        return Number(_text[_tokenStart.._position], isNegative, isFloat);
    }

    private static bool IsDigit(int character) => character is >= '0' and <= '9';

    private int SkipDigits(int character)
    {
        while (IsDigit(character))
            character = Read();
        return character;
    }

    private JsonToken Number(ReadOnlySpan<byte> digits, bool isNegative, bool isFloat)
    {
        if (!isFloat)
        {
            if (Utf8Parser.TryParse(digits, out long integer, out _))
            {
                Integer = integer;
                return JsonToken.Integer;
            }

            if (!isNegative && Utf8Parser.TryParse(digits, out ulong unsigned, out _))
            {
                Unsigned = unsigned;
                return JsonToken.Unsigned;
            }
        }

        Float = double.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        return JsonToken.Float;
    }
}
