using System.Text;

namespace Ferry.Cli.Tests.Manual;

/// <summary>Takes the commands out of a line for a shell.</summary>
internal static class ExampleLine
{
    private const string Separators = "|<>();&";

    /// <summary>Words of each command of this program in a line; variables before it are left out.</summary>
    public static IEnumerable<List<string>> Commands(string line) =>
        Split(line).Select(WithoutVariables).Where(words => words.Count > 0 && IsOurs(words[0]));

    private static bool IsOurs(string program) =>
        program is "ferry" or "nix" || program.StartsWith("nix-", StringComparison.Ordinal);

    private static List<string> WithoutVariables(List<string> words) =>
        words is ["env", ..] ? [.. words.Skip(1).SkipWhile(word => word.Contains('='))] : words;

    // What stands between operators; what a redirection names comes out as a command of another program.
    private static IEnumerable<List<string>> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var hasWord = false;
        foreach (var character in line)
        {
            if (quote != '\0')
            {
                if (character == quote)
                    quote = '\0';
                else
                    word.Append(character);
            }
            else if (character is '\'' or '"')
            {
                quote = character;
                hasWord = true;
            }
            else if (character == ' ' || Separators.Contains(character))
            {
                if (hasWord)
                    words.Add(word.ToString());
                word.Clear();
                hasWord = false;
                if (character != ' ')
                {
                    yield return words;
                    words = [];
                }
            }
            else
            {
                word.Append(character);
                hasWord = true;
            }
        }

        Assert.True(quote == '\0', $"a quote does not end: {line}");
        if (hasWord)
            words.Add(word.ToString());
        yield return words;
    }
}
