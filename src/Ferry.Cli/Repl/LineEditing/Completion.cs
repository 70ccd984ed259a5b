namespace Ferry.Cli.Repl.LineEditing;

/// <summary>Where the names come from that can complete a line.</summary>
internal interface ICompletionSource
{
    /// <summary>What may stand after <c>:</c>, with it.</summary>
    IEnumerable<string> Commands { get; }

    IEnumerable<string> Variables { get; }

    /// <summary>Names of flakes that registries know.</summary>
    IEnumerable<string> Flakes { get; }

    /// <summary>Attributes of the set that an expression gives; none when it gives none.</summary>
    IEnumerable<string> Attributes(string expression);

    /// <summary>Entries of a folder, directories with a slash at the end; none when there is no such folder.</summary>
    IEnumerable<string> Files(string folder);
}

/// <summary>From what stands before the cursor to what could stand there.</summary>
internal static class Completion
{
    // What ends one word and begins another.
    internal static readonly char[] Separators =
    [
        ' ',
        '\n',
        '\r',
        '\t',
        '(',
        ')',
        '{',
        '}',
        '[',
        ']',
    ];

    private static readonly string[] s_flakeCommands = [":lf", ":load-flake"];

    /// <returns>Whole lines, in order.</returns>
    public static IReadOnlyList<string> Find(string line, ICompletionSource source)
    {
        var start = line.LastIndexOfAny(Separators) + 1;
        var (before, word) = (line[..start], line[start..]);
        var found =
            start == 0 && word.StartsWith(':') ? Matching(source.Commands, word)
            : s_flakeCommands.Contains(before.Trim()) && !IsPath(word)
                ? Matching(source.Flakes, word)
            : word.Contains('/') ? Files(word, source)
            : word.LastIndexOf('.') is >= 0 and var dot
                ? Matching(source.Attributes(word[..dot]), word[(dot + 1)..])
                    .Select(name => word[..(dot + 1)] + name)
            : Matching(source.Variables, word);
        return
        [
            .. found
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(completed => before + completed),
        ];
    }

    private static IEnumerable<string> Files(string word, ICompletionSource source)
    {
        var slash = word.LastIndexOf('/');
        var (folder, name) = (word[..(slash + 1)], word[(slash + 1)..]);
        return source
            .Files(folder)
            .Where(entry =>
                entry.StartsWith(name, StringComparison.Ordinal)
                && (entry[0] != '.' || name.StartsWith('.'))
            )
            .Select(entry => folder + entry);
    }

    private static bool IsPath(string word) => word.StartsWith('.') || word.Contains('/');

    private static IEnumerable<string> Matching(IEnumerable<string> names, string start) =>
        names.Where(name => name.StartsWith(start, StringComparison.Ordinal));
}
