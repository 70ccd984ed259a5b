namespace Ferry.Cli.CommandLine;

/// <summary>One option a verb understands.</summary>
/// <param name="Names">Every spelling, dashes included, the main one first.</param>
/// <param name="Parameters">Names of the arguments that follow it; empty for a switch.</param>
/// <param name="Summary">One sentence for the help text and the manual.</param>
/// <param name="Set">Called with exactly as many arguments as <paramref name="Parameters"/> has.</param>
internal sealed record Option(
    string[] Names,
    string[] Parameters,
    string Summary,
    Action<IReadOnlyList<string>> Set
);
