using Ferry.Cli.Verbs;

namespace Ferry.Cli.Manual;

/// <summary>Commands by what they are about, for lists of them.</summary>
internal static class CommandGroups
{
    private const string Others = "Everything else";

    // By a command's first word. In the order of lists.
    private static readonly (string Title, string[] Words)[] s_groups =
    [
        (
            "Building and running",
            [
                "build",
                "run",
                "bundle",
                "develop",
                "shell",
                "print-dev-env",
                "env",
                "fmt",
                "formatter",
            ]
        ),
        ("Looking around", ["eval", "repl", "search", "edit", "log", "derivation", "why-depends"]),
        ("Flakes", ["flake", "registry"]),
        ("Profiles", ["profile"]),
        ("The store", ["store", "path-info"]),
        ("Hashes and keys", ["hash", "key"]),
        (Others, []),
        ("Older commands, as stock has them", [.. VerbTable.ClassicNames]),
    ];

    /// <summary>One list a group, with a command and its summary an entry.</summary>
    public static IEnumerable<TermList> Lists()
    {
        var verbs = VerbTable.All.ToList();
        foreach (var (title, _) in s_groups)
        {
            var members = verbs.Where(verb => TitleOf(verb) == title).ToList();
            if (members.Count > 0)
                yield return List(title, members);
        }
    }

    /// <returns>Null when no command starts with the word and has another one.</returns>
    public static TermList? OfWord(string word)
    {
        var members = VerbTable
            .All.Where(verb => verb.Path.StartsWith(word + " ", StringComparison.Ordinal))
            .ToList();
        return members.Count > 0 ? List($"Commands of {word}", members) : null;
    }

    public static TermList Concepts() =>
        new(
            "Concepts",
            "",
            [.. Concept.All.Select(concept => new TermEntry([concept.Name], [], concept.Summary))]
        );

    private static string TitleOf(Verb verb)
    {
        var word = verb.Path.Split(' ')[0];
        return s_groups.FirstOrDefault(group => group.Words.Contains(word)).Title ?? Others;
    }

    private static TermList List(string title, IEnumerable<Verb> verbs) =>
        new(title, "", [.. verbs.Select(verb => new TermEntry([verb.Path], [], verb.Summary))]);
}
