using System.Buffers;
using System.Text;

namespace Ferry.Cli.Progress;

/// <summary>Writes text as UTF-8, and bytes that were no UTF-8 as the bytes they were.</summary>
/// <remarks>
/// Programs can have any bytes, and messages quote them. Between <see cref="Decode"/> and the stream such a byte travels
/// as a lone low surrogate, U+DC80 to U+DCFF, which text never holds otherwise. Each call of a Write method reaches the stream at once.
/// </remarks>
internal sealed class ByteTransparentWriter(Stream stream) : TextWriter
{
    private const char EscapeBase = '\uDC00';

    public override Encoding Encoding => Encoding.UTF8;

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var valid = bytes[..ValidLength(bytes)];
            text.Append(Encoding.UTF8.GetString(valid));
            bytes = bytes[valid.Length..];
            if (bytes.IsEmpty)
                break;
            text.Append((char)(EscapeBase + bytes[0]));
            bytes = bytes[1..];
        }

        return text.ToString();
    }

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) =>
        Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        var output = new ArrayBufferWriter<byte>(buffer.Length + 16);
        for (var rest = buffer; !rest.IsEmpty; )
        {
            var length = TextLength(rest);
            Encoding.UTF8.GetBytes(rest[..length], output);
            rest = rest[length..];
            if (rest.IsEmpty)
                break;
            output.Write([(byte)(rest[0] - EscapeBase)]);
            rest = rest[1..];
        }

        stream.Write(output.WrittenSpan);
    }

    public override void WriteLine(string? value) => Write(value + CoreNewLine[0]);

    public override void Flush() => stream.Flush();

    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        for (var length = 0; length < bytes.Length; )
        {
            var status = Rune.DecodeFromUtf8(bytes[length..], out _, out var consumed);
            if (status != OperationStatus.Done)
                return length;
            length += consumed;
        }

        return bytes.Length;
    }

    // Up to the next escaped byte.
    private static int TextLength(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsHighSurrogate(text[index]))
                index++;
            else if (text[index] is >= '\uDC80' and <= '\uDCFF')
                return index;
        }

        return text.Length;
    }
}
