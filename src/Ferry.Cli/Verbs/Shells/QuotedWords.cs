using System.Text;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>Splits what stands after <c>#! nix</c>: words between blanks, or between double backticks.</summary>
/// <remarks>
/// Three and more backticks in a quoted word mean one fewer. A blank before the closing ones does not count. Characters that
/// mean something to shells are kept for later meanings. Source: Nix manual, "nix shell", "Shebang".
/// </remarks>
internal static class QuotedWords
{
    private const string Quote = "``";
    private const string Reserved = "$*~<>|;()[]{}'\"\\";

    /// <exception cref="CommandException">A quote does not end, or a character has no meaning.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var at = 0; at < text.Length; )
        {
            var character = text[at];
            if (character is ' ' or '\t' or '\n' or '\r')
            {
                End();
                at++;
            }
            else if (character == '`')
            {
                if (Ticks(text, at) < Quote.Length)
                    throw new CommandException(
                        "single backtick is not a supported syntax in the nix shebang."
                    );
                at = ReadQuoted(text, at + Quote.Length, words);
            }
            else
            {
                Check(character, isFirst: word.Length == 0);
                word.Append(character);
                at++;
            }
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    private static void Check(char character, bool isFirst)
    {
        if (Reserved.Contains(character))
            throw new CommandException(
                $"unsupported unquoted character in nix shebang: {character}. Use double backticks to escape?"
            );
        if (character == '#' && isFirst)
            throw new CommandException(
                "unquoted nix shebang argument cannot start with #. Use double backticks to escape?"
            );
    }

    // Returns the place after the closing quote.
    private static int ReadQuoted(string text, int at, List<string> words)
    {
        var word = new StringBuilder();
        while (at < text.Length)
        {
            var ticksAt = text[at] == ' ' ? at + 1 : at;
            if (Ticks(text, ticksAt) == Quote.Length)
            {
                words.Add(word.ToString());
                return ticksAt + Quote.Length;
            }

            var ticks = Ticks(text, at);
            word.Append(ticks > Quote.Length ? new string('`', ticks - 1) : text[at].ToString());
            at += ticks > Quote.Length ? ticks : 1;
        }

        throw new CommandException("unterminated quoted string in nix shebang");
    }

    private static int Ticks(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] == '`')
            end++;
        return end - at;
    }
}
