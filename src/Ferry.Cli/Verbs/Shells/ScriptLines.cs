using System.Text;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>Options that a script has in its first lines, after <c>#! nix-shell</c> or <c>#! nix</c>.</summary>
internal static class ScriptLines
{
    // Lines of other languages may stand between those of 'nix'.
    private const string CommentStarts = "#/\\%@*-(";

    /// <returns>Null when the file is no script.</returns>
    public static IReadOnlyList<string>? OfNixShell(string file)
    {
        if (Read(file) is not { } lines)
            return null;
        return
        [
            .. lines
                .Select(line => After(line, "nix-shell"))
                .Where(rest => rest is { Length: > 0 } && char.IsWhiteSpace(rest[0]))
                .SelectMany(rest => ShellWords(rest!.Trim())),
        ];
    }

    /// <returns>Null when the file is no script.</returns>
    public static IReadOnlyList<string>? OfNix(string file)
    {
        if (Read(file) is not { } lines)
            return null;
        var text = new StringBuilder();
        foreach (
            var line in lines.TakeWhile(line =>
                line.Length > 0 && CommentStarts.Contains(line[0], StringComparison.Ordinal)
            )
        )
        {
            // Of the blanks after the word one belongs to it, the others to the text.
            if (After(line.TrimEnd(), "nix") is { } rest && (rest.Length == 0 || rest[0] == ' '))
                text.Append(rest.Length == 0 ? "" : rest[1..]).Append('\n');
        }

        return QuotedWords.Split(text.ToString());
    }

    // The lines after the first one, which says what runs the script.
    private static IEnumerable<string>? Read(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            if (reader.Peek() != '#')
                return null;
            var lines = reader.ReadToEnd().Split('\n');
            return lines[0].StartsWith("#!", StringComparison.Ordinal) ? lines.Skip(1) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? After(string line, string word)
    {
        if (!line.StartsWith("#!", StringComparison.Ordinal))
            return null;
        var rest = line.AsSpan(2).TrimStart();
        return rest.StartsWith(word, StringComparison.Ordinal)
            ? rest[word.Length..].ToString()
            : null;
    }

    /// <summary>Words with the quotes and backslashes of a shell.</summary>
    /// <exception cref="CommandException">A quote does not end.</exception>
    private static List<string> ShellWords(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var hasWord = false;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (hasWord)
                    words.Add(word.ToString());
                word.Clear();
                hasWord = false;
                continue;
            }

            hasWord = true;
            if (character is '\'' or '"' && (quote == '\0' || quote == character))
                quote = quote == '\0' ? character : '\0';
            else if (character == '\\' && quote != '\'' && at + 1 < text.Length)
                word.Append(text[++at]);
            else
                word.Append(character);
        }

        if (quote != '\0')
            throw new CommandException("unterminated quote in shebang line");
        if (hasWord)
            words.Add(word.ToString());
        return words;
    }
}
