using Ferry.Build.Logs;

namespace Ferry.Cli.Progress;

/// <summary>One line an event, for files, pipes and continuous integration.</summary>
internal sealed class PlainProgress(TextWriter error, ProgressOptions options) : IBuildEvents
{
    private readonly Lock _gate = new();

    public void Planned(BuildSummary summary) => Write(PlanText.Of(summary, options));

    public void Started(BuildActivity activity)
    {
        if (activity.Kind == BuildActivityKind.Fetch)
            Write($"fetching '{activity.Name}'...");
        else
            Write(activity.StartLine + Emulated(activity));
    }

    public void PhaseChanged(BuildActivity activity, string phase) { }

    public void LogLine(BuildActivity activity, string line)
    {
        if (options.PrintsBuildLogs)
            Write(options.LogLine(activity, line));
    }

    public void Progressed(BuildActivity activity, long received, long? expected) { }

    public void Noted(string message) => Write(message);

    public void Finished(BuildActivity activity) { }

    public void Failed(BuildFailureReport report)
    {
        // Those that were asked for come at the end, as the command's own failure.
        if (!report.IsTarget)
            Write(ErrorText.Of(report.Failure.Message, options.UsesColour));
    }

    internal static string Emulated(BuildActivity activity) =>
        activity.IsEmulated ? $" (for {activity.System}, emulated)" : "";

    private void Write(string text)
    {
        if (text.Length == 0 || options.IsQuiet)
            return;
        lock (_gate)
            error.WriteLine(text);
    }
}
