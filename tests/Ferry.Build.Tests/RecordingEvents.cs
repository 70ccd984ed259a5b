using System.Collections.Concurrent;
using Ferry.Build.Logs;

namespace Ferry.Build.Tests;

/// <summary>Remembers what happened, for assertions afterwards.</summary>
internal sealed class RecordingEvents : IBuildEvents
{
    public static BuildActivity Activity { get; } =
        new(0, BuildActivityKind.Build, "/nix/store/x.drv", "x", "x86_64-linux", IsEmulated: false);

    public ConcurrentQueue<string> Lines { get; } = [];

    public ConcurrentQueue<string> Phases { get; } = [];

    public ConcurrentQueue<string> Notes { get; } = [];

    public ConcurrentQueue<string> Started { get; } = [];

    public ConcurrentQueue<string> Finished { get; } = [];

    public ConcurrentQueue<BuildFailureReport> Failures { get; } = [];

    public ConcurrentQueue<(long Received, long? Expected)> Progress { get; } = [];

    public BuildSummary? Summary { get; private set; }

    /// <summary>Called after a start was recorded.</summary>
    public Action<BuildActivity> OnStarted { get; init; } = _ => { };

    /// <summary>Called after an end was recorded.</summary>
    public Action<BuildActivity> OnFinished { get; init; } = _ => { };

    /// <summary>Called after a line was recorded.</summary>
    public Action<string> OnLine { get; init; } = _ => { };

    public void Planned(BuildSummary summary) => Summary = summary;

    void IBuildEvents.Started(BuildActivity activity)
    {
        Started.Enqueue(activity.Name);
        OnStarted(activity);
    }

    public void PhaseChanged(BuildActivity activity, string phase) => Phases.Enqueue(phase);

    public void LogLine(BuildActivity activity, string line)
    {
        Lines.Enqueue(line);
        OnLine(line);
    }

    public void Progressed(BuildActivity activity, long received, long? expected) =>
        Progress.Enqueue((received, expected));

    public void Noted(string message) => Notes.Enqueue(message);

    void IBuildEvents.Finished(BuildActivity activity)
    {
        Finished.Enqueue(activity.Name);
        OnFinished(activity);
    }

    public void Failed(BuildFailureReport report) => Failures.Enqueue(report);
}
