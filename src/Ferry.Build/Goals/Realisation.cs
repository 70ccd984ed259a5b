using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ferry.Build.Logs;
using Ferry.Build.Scheduling;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Building;
using Ferry.Store.Closures;

namespace Ferry.Build.Goals;

/// <summary>One call of the builder: runs the steps of a graph and remembers how each ended.</summary>
internal sealed class Realisation(
    BuildServices services,
    RealisationGraph graph,
    ISubstitution? substitution,
    IReadOnlySet<StepId> targets
)
{
    public bool IsAnnounced { get; init; } = true;

    private readonly ConcurrentDictionary<StepId, BuildStatus> _successes = new();
    private readonly ConcurrentDictionary<StepId, BuildException> _failures = new();
    private readonly Plan _plan = new(services.Settings.Limits.KeepsGoing);
    private readonly IOutputStore _store = services.Store;

    /// <exception cref="OperationCanceledException">Asked to stop; nothing runs any more.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        for (var index = 0; index < graph.Tasks.Count; index++)
        {
            var step = new StepId(index);
            _plan.Add(step, PoolOf(graph.Tasks[index]), graph.InputsOf(step));
        }

        services.Events.Planned(Summary(graph, _store) with { IsAnnounced = IsAnnounced });
        new Scheduler(services.Settings.Limits, RunStep, Block).Run(_plan, cancellationToken);
    }

    /// <summary>How a step ended; null when it never began, since another failure stopped everything.</summary>
    public BuildStatus? StatusOf(StepId step) =>
        _failures.TryGetValue(step, out var failure) ? failure.Status
        : _successes.TryGetValue(step, out var status) ? status
        : null;

    public BuildException? FailureOf(StepId step) => _failures.GetValueOrDefault(step);

    /// <summary>Every failure of the call, in no order.</summary>
    public IEnumerable<BuildException> Failures => _failures.Values;

    public static BuildSummary Summary(RealisationGraph graph, IStore store)
    {
        var builds = graph
            .Tasks.OfType<RealisationTask.Build>()
            .Where(task => task.Mode == BuildMode.Normal)
            .Select(task => task.Step.Path);
        var substituted = graph
            .Tasks.OfType<RealisationTask.Substitute>()
            .Select(task => task.Path)
            .OrderBy(path => path.Name, StringComparer.Ordinal)
            .ThenBy(path => path);
        var sorted = store.SortTopologically(builds.ToImmutableSortedSet());
        sorted.Reverse();
        return new BuildSummary(Texts(sorted), Texts(substituted), Texts(graph.Unknown));

        IReadOnlyList<string> Texts(IEnumerable<StorePath> paths) =>
            [.. paths.Select(store.Directory.Format)];
    }

    private static StepPool PoolOf(RealisationTask task) =>
        task is RealisationTask.Build { Step.IsFetch: false } ? StepPool.Build : StepPool.Fetch;

    private bool RunStep(StepId id, CancellationToken cancellationToken)
    {
        var activity = ActivityOf(id);
        try
        {
            _successes[id] = RunTask(id, activity, cancellationToken);
            services.Events.Finished(activity);
            return true;
        }
        catch (Exception failure)
            when (cancellationToken.IsCancellationRequested
                && (failure is BuildException || IsOutside(failure))
            )
        {
            // Another failure has stopped everything: one is what a person can act on, and this may be its consequence.
            throw new OperationCanceledException(failure.Message, failure, cancellationToken);
        }
        catch (BuildException failure)
        {
            Fail(id, activity, failure);
            return false;
        }
        catch (Exception failure) when (IsOutside(failure))
        {
            Fail(id, activity, FromSystem(activity, failure));
            return false;
        }
    }

    // What the store, the system or the derivation's own text may do to a build; all else is a bug.
    private static bool IsOutside(Exception failure) =>
        failure
            is StoreException
                or BadFormatException
                or IOException
                or UnauthorizedAccessException
                or System.ComponentModel.Win32Exception;

    private BuildStatus RunTask(
        StepId id,
        BuildActivity activity,
        CancellationToken cancellationToken
    )
    {
        switch (graph.Tasks[id.Value])
        {
            case RealisationTask.Build build:
                return new DerivationRun(services, build.Step, build.Mode, activity).Run(
                    cancellationToken
                );
            case RealisationTask.Substitute substitute:
                services.Events.Started(activity);
                substitution!.Substitute(
                    substitute.Path,
                    (received, expected) =>
                        services.Events.Progressed(activity, received, expected),
                    cancellationToken
                );
                return BuildStatus.Substituted;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static BuildException FromSystem(BuildActivity activity, Exception failure)
    {
        var isFull = DiskErrors.IsFull(failure.GetBaseException());
        var reason = isFull ? "the disk is full" : failure.Message;
        return BuildException.Of(
            isFull ? BuildStatus.TransientFailure : BuildStatus.MiscFailure,
            $"while building '{activity.DerivationPath}': {reason}",
            failure
        );
    }

    private void Fail(StepId id, BuildActivity? activity, BuildException failure)
    {
        _failures[id] = failure;
        services.Events.Failed(
            new BuildFailureReport(
                activity,
                activity?.DerivationPath ?? "",
                failure,
                targets.Contains(id)
            )
        );
    }

    // Called for each step that needs the failed one, nearest first.
    private void Block(StepId id)
    {
        if (graph.Tasks[id.Value] is not RealisationTask.Build { Step: var step })
            return;
        var message = FailureMessages.DependencyFailed(
            step,
            _plan.FailedInputs(id),
            _store.Directory
        );
        _failures[id] = BuildException.Of(BuildStatus.DependencyFailed, message);
        services.Events.Failed(
            new BuildFailureReport(
                Activity: null,
                _store.Directory.Format(step.Path),
                _failures[id],
                targets.Contains(id)
            )
        );
    }

    private BuildActivity ActivityOf(StepId id)
    {
        switch (graph.Tasks[id.Value])
        {
            case RealisationTask.Build { Step: var step, Mode: var mode }:
                var kind =
                    mode == BuildMode.Check ? BuildActivityKind.Check
                    : step.IsFetch ? BuildActivityKind.Fetch
                    : BuildActivityKind.Build;
                return new BuildActivity(
                    id.Value,
                    kind,
                    _store.Directory.Format(step.Path),
                    step.Derivation.Name,
                    step.Derivation.System.ToString(),
                    services.Support.NeedsEmulator(step)
                );
            case RealisationTask.Substitute { Path: var path }:
                return new BuildActivity(
                    id.Value,
                    BuildActivityKind.Substitute,
                    _store.Directory.Format(path),
                    path.Name,
                    System: "",
                    IsEmulated: false
                );
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
