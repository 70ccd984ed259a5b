using System.Buffers;
using System.Text;

namespace Ferry.Syntax.Diagnostics;

/// <summary>Makes text fit for what is not a terminal.</summary>
public static class TerminalText
{
    private const int TabWidth = 8;

    /// <returns>The text without escape sequences, carriage returns and bells, with tabs spread to spaces.</returns>
    /// <remarks>
    /// Tab stops are counted from the start of the text, not of the line: stock's <c>filterANSIEscapes</c> does so,
    /// and line ends have no width.
    /// </remarks>
    public static byte[] Filter(ReadOnlySpan<byte> text)
    {
        var stripped = TerminalColor.Strip(text);
        if (stripped.AsSpan().IndexOfAny((byte)'\t', (byte)'\r', (byte)'\a') < 0)
            return stripped;

        var result = new ArrayBufferWriter<byte>(stripped.Length + TabWidth);
        var width = 0;
        for (var index = 0; index < stripped.Length; )
        {
            switch (stripped[index])
            {
                case (byte)'\t':
                    var spaces = TabWidth - (width % TabWidth);
                    result.GetSpan(spaces)[..spaces].Fill((byte)' ');
                    result.Advance(spaces);
                    width += spaces;
                    index++;
                    break;
                case (byte)'\r' or (byte)'\a':
                    index++;
                    break;
                default:
                    var rest = stripped.AsSpan(index);
                    var status = Rune.DecodeFromUtf8(rest, out var rune, out var length);
                    width += status == OperationStatus.Done ? WidthOf(rune) : length;
                    result.Write(rest[..length]);
                    index += length;
                    break;
            }
        }

        return result.WrittenSpan.ToArray();
    }

    // Columns on a terminal: none for control characters and marks, two for East Asian wide characters.
    private static int WidthOf(Rune rune)
    {
        if (Rune.IsControl(rune))
            return 0;

        var category = Rune.GetUnicodeCategory(rune);
        if (
            category
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.EnclosingMark
                or System.Globalization.UnicodeCategory.Format
        )
        {
            return 0;
        }

        var isWide =
            rune.Value
            is (>= 0x1100 and <= 0x115F)
                or (>= 0x2E80 and <= 0xA4CF)
                or (>= 0xAC00 and <= 0xD7A3)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0xFE30 and <= 0xFE6F)
                or (>= 0xFF00 and <= 0xFF60)
                or (>= 0xFFE0 and <= 0xFFE6)
                or (>= 0x1F300 and <= 0x1F64F)
                or (>= 0x1F900 and <= 0x1F9FF)
                or (>= 0x20000 and <= 0x3FFFD);
        return isWide ? 2 : 1;
    }
}
