namespace Ferry.Cli.CommandLine;

/// <summary>One option a verb understands.</summary>
/// <param name="Names">Every spelling, dashes included, the main one first.</param>
/// <param name="Parameters">Names of the arguments that follow it; empty for a switch.</param>
/// <param name="Summary">One sentence for the help text and the manual.</param>
/// <param name="Set">
/// Called with exactly as many arguments as <paramref name="Parameters"/> has, or with the rest of the command line.
/// </param>
internal sealed record Option(
    string[] Names,
    string[] Parameters,
    string Summary,
    Action<IReadOnlyList<string>> Set
)
{
    /// <summary>Everything after it belongs to it, at least one argument.</summary>
    public bool TakesRest { get; init; }

    /// <summary>It sets a setting of its name, whose description is elsewhere.</summary>
    public bool IsSetting { get; init; }
}
