using Ferry.Build.Logs;

namespace Ferry.Cli.Progress;

/// <summary>One line an event, for files, pipes and continuous integration; fetches beside each other share theirs.</summary>
internal sealed class PlainProgress(TextWriter error, ProgressOptions options) : IBuildEvents
{
    // Often enough to see that something moves, seldom enough for a log.
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly FetchTally _fetches = new();
    private TimeSpan _nextLine;

    public void Planned(BuildSummary summary) => Write(PlanText.Of(summary, options));

    public void Started(BuildActivity activity)
    {
        if (activity.Kind != BuildActivityKind.Fetch)
        {
            Write(activity.StartLine + Emulated(activity));
            return;
        }

        lock (_gate)
        {
            _fetches.Start(activity);
            if (_fetches.Running + _fetches.Finished > 1)
                return;
            _nextLine = s_interval;
        }

        Write($"fetching '{activity.Name}'...");
    }

    public void PhaseChanged(BuildActivity activity, string phase) { }

    public void LogLine(BuildActivity activity, string line)
    {
        if (options.PrintsBuildLogs)
            Write(options.LogLine(activity, line));
    }

    public void Progressed(BuildActivity activity, long received, long? expected)
    {
        lock (_gate)
        {
            _fetches.Progress(activity, received, expected);
            if (_fetches.Running == 0 || _fetches.Elapsed < _nextLine)
                return;
            _nextLine = _fetches.Elapsed + s_interval;
            Write(_fetches.Describe());
        }
    }

    public void Noted(string message) => Write(message);

    public void Finished(BuildActivity activity)
    {
        lock (_gate)
        {
            var isFetch = _fetches.Running > 0;
            _fetches.Finish(activity);
            if (isFetch && _fetches.Running == 0 && _fetches.Finished > 1)
                Write(
                    $"fetched {_fetches.Finished} files ({ByteText.Of(_fetches.Received)}) in {DurationText.Of(_fetches.Elapsed)}"
                );
        }
    }

    public void Failed(BuildFailureReport report)
    {
        if (report.Activity is { } activity)
            Finished(activity);
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
