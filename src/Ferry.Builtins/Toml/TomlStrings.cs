using System.Buffers;
using System.Text;
using Ferry.Formats;

namespace Ferry.Builtins.Toml;

/// <summary>The four kinds of TOML strings.</summary>
internal static class TomlStrings
{
    public static ByteString Read(TomlCursor cursor)
    {
        if (cursor.TryTake("\"\"\""u8))
            return Basic(cursor, isMultiLine: true);
        return cursor.TryTake("'''"u8) ? LiteralLines(cursor) : ReadSingleLine(cursor);
    }

    /// <summary>A string that may be a key.</summary>
    public static ByteString ReadSingleLine(TomlCursor cursor)
    {
        var isBasic = cursor.Current == '"';
        cursor.Position++;
        if (isBasic)
            return Basic(cursor, isMultiLine: false);
        var start = cursor.Position;
        while (cursor.Current != '\'')
            SkipPlain(cursor, isMultiLine: false);
        return new ByteString(cursor.Text[start..cursor.Position++]);
    }

    private static ByteString Basic(TomlCursor cursor, bool isMultiLine)
    {
        var output = new ArrayBufferWriter<byte>();
        if (isMultiLine)
            cursor.TryTakeNewline();
        while (true)
        {
            if (cursor.Current == '"')
            {
                if (!isMultiLine)
                {
                    cursor.Position++;
                    return new ByteString(output.WrittenSpan);
                }

                if (TryClose(cursor, (byte)'"', output))
                    return new ByteString(output.WrittenSpan);
            }
            else if (cursor.Current == '\\')
                Escape(cursor, output, isMultiLine);
            else
            {
                var start = cursor.Position;
                SkipPlain(cursor, isMultiLine);
                output.Write(cursor.Text[start..cursor.Position]);
            }
        }
    }

    private static ByteString LiteralLines(TomlCursor cursor)
    {
        var output = new ArrayBufferWriter<byte>();
        cursor.TryTakeNewline();
        while (cursor.Current != '\'' || !TryClose(cursor, (byte)'\'', output))
        {
            var start = cursor.Position;
            if (cursor.Current == '\'')
                continue;
            SkipPlain(cursor, isMultiLine: true);
            output.Write(cursor.Text[start..cursor.Position]);
        }

        return new ByteString(output.WrittenSpan);
    }

    // One or two quotes may stand anywhere in the text, also right before the three that close it.
    private static bool TryClose(TomlCursor cursor, byte quote, ArrayBufferWriter<byte> output)
    {
        var count = 0;
        while (count < 5 && cursor.Peek(count) == quote)
            count++;
        cursor.Position += count;
        var isClosed = count >= 3;
        for (var extra = isClosed ? count - 3 : count; extra > 0; extra--)
            output.Write([quote]);
        return isClosed;
    }

    private static void SkipPlain(TomlCursor cursor, bool isMultiLine)
    {
        if (isMultiLine && cursor.TryTakeNewline())
            return;
        if (cursor.Current is TomlCursor.EndOfText)
            throw cursor.Fail("a string without an end");
        if (cursor.Current is (< ' ' and not '\t') or 0x7F)
            throw cursor.Fail("a control character in a string");
        cursor.Position++;
    }

    private static void Escape(TomlCursor cursor, ArrayBufferWriter<byte> output, bool isMultiLine)
    {
        cursor.Position++;
        var character = cursor.Current;
        if (isMultiLine && character is ' ' or '\t' or '\r' or '\n')
        {
            SkipLineEnd(cursor);
            return;
        }

        cursor.Position++;
        switch (character)
        {
            case 'b':
                output.Write("\b"u8);
                break;
            case 't':
                output.Write("\t"u8);
                break;
            case 'n':
                output.Write("\n"u8);
                break;
            case 'f':
                output.Write("\f"u8);
                break;
            case 'r':
                output.Write("\r"u8);
                break;
            case '"' or '\\':
                output.Write([(byte)character]);
                break;
            case 'u':
                CodePoint(cursor, 4, output);
                break;
            case 'U':
                CodePoint(cursor, 8, output);
                break;
            default:
                throw cursor.Fail("an unknown escape");
        }
    }

    // A backslash at the end of a line swallows all white space up to the next text.
    private static void SkipLineEnd(TomlCursor cursor)
    {
        cursor.SkipBlanks();
        if (!cursor.TryTakeNewline())
            throw cursor.Fail("expected the end of the line after '\\'");
        do
        {
            cursor.SkipBlanks();
        } while (cursor.TryTakeNewline());
    }

    private static void CodePoint(TomlCursor cursor, int digits, ArrayBufferWriter<byte> output)
    {
        long value = 0;
        for (var index = 0; index < digits; index++)
        {
            var digit = cursor.Current;
            if (digit < 0 || !char.IsAsciiHexDigit((char)digit))
                throw cursor.Fail($"expected {digits} hexadecimal digits");
            value = (value << 4) + Convert.ToInt32(((char)digit).ToString(), 16);
            cursor.Position++;
        }

        if (value > 0x10FFFF || !Rune.IsValid((int)value))
            throw cursor.Fail("a code point that does not exist");
        Span<byte> encoded = stackalloc byte[4];
        output.Write(encoded[..new Rune((int)value).EncodeToUtf8(encoded)]);
    }
}
