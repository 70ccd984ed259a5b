using System.Globalization;
using System.Text;

namespace Ferry.Cli.Manual.Rendering;

/// <summary>Text for roff that comes out of it as it went in.</summary>
/// <remarks>
/// Source: groff_char(7), groff_man_style(7). A hyphen of the input may become a typographic one, and quotes, carets and tildes
/// other signs, which nobody could copy into a shell: each has an escape that gives the character of ASCII.
/// </remarks>
internal static class RoffText
{
    /// <summary>One line. A control character at its start is made an ordinary one.</summary>
    public static string Line(string text) =>
        text is ['.' or '\'', ..] ? @"\&" + Inside(text) : Inside(text);

    /// <summary>A part of a line, not its start.</summary>
    public static string Inside(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(
                rune.Value switch
                {
                    '\\' => @"\(rs",
                    '-' => @"\-",
                    '\'' => @"\(aq",
                    '`' => @"\(ga",
                    '^' => @"\(ha",
                    '~' => @"\(ti",
                    '\n' => " ",
                    > 0x7E => string.Create(CultureInfo.InvariantCulture, $@"\[u{rune.Value:X4}]"),
                    _ => rune.ToString(),
                }
            );
        }

        return escaped.ToString();
    }

    /// <summary>An argument of a macro.</summary>
    public static string Argument(string text) => $"\"{Inside(text).Replace("\"", @"\(dq")}\"";
}
