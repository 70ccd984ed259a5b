using System.Globalization;

namespace Ferry.Cli.Completing;

/// <summary>What a shell asks for: how one of the words of a command line could go on.</summary>
/// <param name="Words">Without the program's name; the wanted one is among them, perhaps empty.</param>
/// <param name="Index">Of the wanted word.</param>
/// <remarks>
/// The protocol is stock's: the variable says which word is wanted, counted from the program's name as 0, and the
/// command line is the one to complete.
/// </remarks>
internal sealed record CompletionRequest(IReadOnlyList<string> Words, int Index)
{
    private const string Variable = "NIX_GET_COMPLETIONS";

    public string Word => Words[Index];

    /// <returns>Null when the command is meant to run.</returns>
    public static CompletionRequest? Read(
        ProcessEnvironment environment,
        IReadOnlyList<string> words
    )
    {
        if (
            !int.TryParse(
                environment.Variable(Variable),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var position
            )
            || position < 1
        )
            return null;
        var padded = words.ToList();
        while (padded.Count < position)
            padded.Add("");
        return new(padded, position - 1);
    }
}

/// <summary>What the words of an answer are, for the shell to treat them so.</summary>
internal enum CompletionKind
{
    /// <summary>Words that end with a space.</summary>
    Words,

    /// <summary>Paths, after whose folders a slash comes.</summary>
    FileNames,

    /// <summary>Attribute paths, which may go on.</summary>
    Attributes,
}

/// <summary>The answer: the words that are possible, sorted.</summary>
internal sealed class CompletionList
{
    private readonly SortedDictionary<string, string> _words = new(StringComparer.Ordinal);

    public CompletionKind Kind { get; set; }

    public IReadOnlyDictionary<string, string> Words => _words;

    public void Add(string word, string description = "") => _words.TryAdd(word, description);

    public void AddMatching(IEnumerable<string> words, string start)
    {
        foreach (var word in words)
        {
            if (word.StartsWith(start, StringComparison.Ordinal))
                Add(word);
        }
    }

    /// <summary>The kind on a line of its own, then each word, a tab and its description.</summary>
    public void Write(TextWriter output)
    {
        output.Write(
            Kind switch
            {
                CompletionKind.FileNames => "filenames\n",
                CompletionKind.Attributes => "attrs\n",
                _ => "normal\n",
            }
        );
        foreach (var (word, description) in _words)
            output.Write($"{word}\t{description}\n");
    }
}
