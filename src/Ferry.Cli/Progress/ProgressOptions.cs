namespace Ferry.Cli.Progress;

internal sealed record ProgressOptions
{
    /// <summary>Show what builders print.</summary>
    public bool PrintsBuildLogs { get; init; }

    public bool UsesColour { get; init; }

    public bool IsQuiet { get; init; }

    /// <summary>Name the derivations that will be built, as stock does where it prints plain lines.</summary>
    public bool ListsPlan { get; init; } = true;
}
