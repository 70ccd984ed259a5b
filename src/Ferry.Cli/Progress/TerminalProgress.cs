using System.Diagnostics;
using System.Text;
using Ferry.Build.Logs;

namespace Ferry.Cli.Progress;

/// <summary>A few live lines at the bottom of a terminal: totals first, then what runs, for how long.</summary>
/// <remarks>
/// Builders' threads change the state; a timer draws it, at most every <see cref="FrameMilliseconds"/>.
/// Everything that must stay goes through <see cref="PrintAbove"/>, which draws the live lines again below it.
/// </remarks>
internal sealed class TerminalProgress : IBuildEvents, IDisposable
{
    private const int FrameMilliseconds = 100;
    private const int ActiveLinesMax = 6;
    private const string EraseDown = "\e[J";

    private readonly Lock _gate = new();
    private readonly TextWriter _error;
    private readonly ProgressOptions _options;
    private readonly Func<int> _columns;
    private readonly Dictionary<int, RunningStep> _running = [];
    private readonly FetchTally _fetches = new();
    private readonly Timer _timer;
    private int _planned;
    private int _finished;
    private int _drawnLines;
    private string? _aside;

    /// <param name="error">The terminal.</param>
    /// <param name="options">What to show.</param>
    /// <param name="columns">Width of the terminal now.</param>
    public TerminalProgress(TextWriter error, ProgressOptions options, Func<int> columns)
    {
        (_error, _options, _columns) = (error, options, columns);
        _timer = new Timer(_ => Redraw(), null, FrameMilliseconds, FrameMilliseconds);
    }

    public void Planned(BuildSummary summary)
    {
        lock (_gate)
            _planned += summary.ToBuild.Count + summary.ToSubstitute.Count;
    }

    public void Started(BuildActivity activity)
    {
        lock (_gate)
        {
            if (activity.Kind == BuildActivityKind.Fetch)
                _fetches.Start(activity);
            else
                _running[activity.Id] = new RunningStep(activity);
        }
    }

    public void PhaseChanged(BuildActivity activity, string phase) =>
        Change(activity, step => step.Phase = phase);

    public void LogLine(BuildActivity activity, string line)
    {
        if (_options.PrintsBuildLogs)
            PrintAbove(_options.LogLine(activity, line));
        else
            Change(activity, step => step.LastLine = line);
    }

    public void Progressed(BuildActivity activity, long received, long? expected)
    {
        lock (_gate)
            _fetches.Progress(activity, received, expected);
    }

    public void Noted(string message) => PrintAbove(message);

    public void Finished(BuildActivity activity)
    {
        lock (_gate)
        {
            _running.Remove(activity.Id);
            _fetches.Finish(activity);
            _finished++;
        }
    }

    public void Failed(BuildFailureReport report)
    {
        if (report.Activity is { } activity)
            Finished(activity);
        // Those that were asked for come at the end, as the command's own failure.
        if (!report.IsTarget)
            PrintAbove(ErrorText.Of(report.Failure.Message, _options.UsesColour));
    }

    /// <summary>Something that runs besides the steps, in words; null ends it.</summary>
    public void ShowAside(string? text)
    {
        lock (_gate)
            _aside = text;
    }

    public void PrintAbove(string text)
    {
        lock (_gate)
        {
            Erase();
            _error.WriteLine(text);
            Draw();
        }
    }

    /// <summary>Removes the live lines; what was printed above them stays.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _running.Clear();
            Erase();
            _error.Flush();
        }
    }

    private void Change(BuildActivity activity, Action<RunningStep> change)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(activity.Id, out var step))
                change(step);
        }
    }

    private void Redraw()
    {
        lock (_gate)
        {
            Erase();
            Draw();
        }
    }

    private void Erase()
    {
        if (_drawnLines > 0)
            _error.Write($"\r\e[{_drawnLines}A{EraseDown}");
        _drawnLines = 0;
    }

    private void Draw()
    {
        if (_running.Count + _fetches.Running == 0 && _aside is null)
            return;

        var columns = Math.Max(20, _columns() - 1);
        var text = new StringBuilder();
        text.Append(Cut(Totals(), columns)).Append('\n');
        _drawnLines = 1;
        foreach (var line in ActiveLines())
        {
            text.Append(Cut("  " + line, columns)).Append('\n');
            _drawnLines++;
        }

        _error.Write(text);
        _error.Flush();
    }

    private IEnumerable<string> ActiveLines()
    {
        if (_aside is not null)
            yield return _aside;
        else if (_fetches.Running > 0)
            yield return _fetches.Describe();
        foreach (var step in _running.Values.OrderBy(step => step.Activity.Id).Take(ActiveLinesMax))
            yield return step.Describe();
    }

    private string Totals()
    {
        var running = _running.Count + _fetches.Running;
        var more = _running.Count > ActiveLinesMax ? $", {_running.Count} builds running" : "";
        return $"[{_finished}/{Math.Max(_planned, _finished + running)} done{more}]";
    }

    private static string Cut(string line, int columns)
    {
        var clean = new string([.. line.Where(character => !char.IsControl(character))]);
        return clean.Length <= columns ? clean : clean[..(columns - 1)] + "…";
    }

    private sealed class RunningStep(BuildActivity activity)
    {
        private readonly long _startedAt = Stopwatch.GetTimestamp();

        public BuildActivity Activity => activity;

        public string? Phase { get; set; }

        public string? LastLine { get; set; }

        public string Describe()
        {
            var elapsed = DurationText.Of(Stopwatch.GetElapsedTime(_startedAt));
            var phase = Phase is null ? "" : $"{Phase}, ";
            var line = LastLine is null ? "" : $": {LastLine}";
            return $"building {activity.Name}{PlainProgress.Emulated(activity)} ({phase}{elapsed}){line}";
        }
    }
}
