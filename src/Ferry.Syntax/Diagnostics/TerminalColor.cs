using System.Text;

namespace Ferry.Syntax.Diagnostics;

/// <summary>The colours stock uses in messages, as escape sequences inside the text.</summary>
public static class TerminalColor
{
    public const string Normal = "\e[0m";
    public const string Bold = "\e[1m";
    public const string Faint = "\e[2m";
    public const string Red = "\e[31;1m";
    public const string Green = "\e[32;1m";
    public const string Warning = "\e[35;1m";
    public const string Blue = "\e[34;1m";
    public const string Magenta = "\e[35;1m";
    public const string Cyan = "\e[36;1m";

    private const byte Escape = 0x1B;

    /// <returns>The text coloured as stock colours the arguments of its messages.</returns>
    public static string Highlight(string argument) => Magenta + argument + Normal;

    /// <returns>The text without escape sequences.</returns>
    public static string Strip(string text) =>
        Encoding.UTF8.GetString(Strip(Encoding.UTF8.GetBytes(text)));

    /// <returns>The text without escape sequences.</returns>
    public static byte[] Strip(ReadOnlySpan<byte> text)
    {
        var result = new byte[text.Length];
        var length = 0;
        for (var index = 0; index < text.Length; )
        {
            if (text[index] == Escape)
                index += SequenceLength(text[index..]);
            else
                result[length++] = text[index++];
        }

        return result[..length];
    }

    // ESC, then "[", parameters (0x30–0x3F), intermediates (0x20–0x2F) and a final byte; or "]", text and a bell or
    // ESC \; or ESC and one byte.
    private static int SequenceLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
            return text.Length;
        if (text[1] == ']')
            return CommandLength(text);
        if (text[1] != '[')
            return text[1] is >= 0x40 and <= 0x5F ? 2 : 1;

        var length = 2;
        while (length < text.Length && text[length] is >= 0x30 and <= 0x3F)
            length++;
        while (length < text.Length && text[length] is >= 0x20 and <= 0x2F)
            length++;
        return length < text.Length && text[length] is >= 0x40 and <= 0x7E ? length + 1 : length;
    }

    // An operating system command, such as a link.
    private static int CommandLength(ReadOnlySpan<byte> text)
    {
        var end = text[2..].IndexOfAny(Escape, (byte)'\a') + 2;
        if (end < 2)
            return text.Length;

        var hasTerminator = text[end] == Escape && end + 1 < text.Length && text[end + 1] == '\\';
        return hasTerminator ? end + 2 : end + 1;
    }
}
