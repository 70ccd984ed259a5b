using Ferry.Build.Logs;

namespace Ferry.Cli.Progress;

internal sealed record ProgressOptions
{
    /// <summary>Show what builders print.</summary>
    public bool PrintsBuildLogs { get; init; }

    /// <summary>Put the package's name before each line that a builder prints.</summary>
    public bool NamesLogLines { get; init; } = true;

    public bool UsesColour { get; init; }

    public bool IsQuiet { get; init; }

    /// <summary>Name the derivations that will be built, as stock does where it prints plain lines.</summary>
    public bool ListsPlan { get; init; } = true;

    public string LogLine(BuildActivity activity, string line) =>
        NamesLogLines ? activity.LogPrefix + line : line;
}
