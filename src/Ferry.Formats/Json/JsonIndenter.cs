using System.Buffers;

namespace Ferry.Formats.Json;

/// <summary>Spreads compact JSON over lines, indented by two, as stock prints it for people.</summary>
public static class JsonIndenter
{
    /// <param name="compact">Valid JSON without white space between its parts.</param>
    public static ReadOnlyMemory<byte> Indent(ReadOnlySpan<byte> compact)
    {
        var text = new ArrayBufferWriter<byte>(compact.Length * 2);
        var depth = 0;
        for (var at = 0; at < compact.Length; at++)
        {
            var character = compact[at];
            switch (character)
            {
                case (byte)'"':
                    var end = StringEnd(compact, at);
                    text.Write(compact[at..end]);
                    at = end - 1;
                    break;
                case (byte)'{' or (byte)'[':
                    text.Write([character]);
                    // Empty ones stay on their line.
                    if (compact[at + 1] is (byte)'}' or (byte)']')
                        text.Write([compact[++at]]);
                    else
                        Break(text, ++depth);
                    break;
                case (byte)'}' or (byte)']':
                    Break(text, --depth);
                    text.Write([character]);
                    break;
                case (byte)',':
                    text.Write(","u8);
                    Break(text, depth);
                    break;
                case (byte)':':
                    text.Write(": "u8);
                    break;
                default:
                    text.Write([character]);
                    break;
            }
        }

        return text.WrittenMemory;
    }

    private static int StringEnd(ReadOnlySpan<byte> json, int start)
    {
        var at = start + 1;
        while (json[at] != '"')
            at += json[at] == '\\' ? 2 : 1;
        return at + 1;
    }

    private static void Break(ArrayBufferWriter<byte> text, int depth)
    {
        text.Write("\n"u8);
        for (var step = 0; step < depth; step++)
            text.Write("  "u8);
    }
}
