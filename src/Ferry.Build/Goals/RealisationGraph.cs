using Ferry.Build.Sandbox;
using Ferry.Build.Scheduling;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Building;

namespace Ferry.Build.Goals;

/// <summary>What one step of a realisation does.</summary>
internal abstract record RealisationTask
{
    private RealisationTask() { }

    public sealed record Build(BuildStep Step, BuildMode Mode) : RealisationTask;

    public sealed record Substitute(StorePath Path) : RealisationTask;
}

/// <summary>Finds everything that has to be done for some targets: what is not valid, and what that needs in turn.</summary>
/// <remarks>
/// Used once, by one thread. The walk keeps its own stack, since graphs may be deeper than a thread's. O(derivations + edges).
/// </remarks>
internal sealed class RealisationGraph(
    IStore store,
    SystemRoads support,
    ISubstitution? substitution,
    CancellationToken cancellationToken
)
{
    private readonly Dictionary<StorePath, StepId> _builds = [];
    private readonly Dictionary<StorePath, BuildStep> _steps = [];
    private readonly HashSet<StorePath> _opened = [];
    private readonly Dictionary<StorePath, StepId> _substitutions = [];
    private readonly List<RealisationTask> _tasks = [];
    private readonly List<IReadOnlyList<StepId>> _inputs = [];
    private readonly Stack<Visit> _pending = new();
    private readonly SortedSet<StorePath> _unknown = [];

    // A derivation is looked at twice: to find its inputs, and, when those have steps, to become one.
    private readonly record struct Visit(BuildStep Step, BuildMode Mode, bool AreInputsDone);

    public IReadOnlyList<RealisationTask> Tasks => _tasks;

    /// <summary>Paths that were asked for and that nobody can make.</summary>
    public IReadOnlyCollection<StorePath> Unknown => _unknown;

    /// <summary>The steps that each step waits for.</summary>
    public IReadOnlyList<StepId> InputsOf(StepId step) => _inputs[step.Value];

    /// <summary>Adds a target and all that it needs.</summary>
    /// <returns>The steps it waits for; none when it is valid already.</returns>
    /// <exception cref="StoreException">The target makes no sense.</exception>
    /// <exception cref="BuildException">Something that is needed can neither be built nor substituted.</exception>
    public IReadOnlyList<StepId> Add(DerivedPath target, BuildMode mode)
    {
        return target switch
        {
            DerivedPath.Opaque opaque => AddOpaque(opaque.Path),
            DerivedPath.Built built => AddBuilt(built, mode),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The wanted outputs of a derivation and their paths.</summary>
    /// <exception cref="StoreException">It does not have such an output.</exception>
    public static SortedMap<ByteString, StorePath> WantedOutputs(
        IStore store,
        DerivedPath.Built target
    )
    {
        var known = store.ReadDerivation(target.Derivation).KnownOutputPaths(store.Paths).ToList();
        foreach (var name in target.OutputNames ?? [])
        {
            if (!known.Exists(output => output.Key == name))
            {
                throw new StoreException(
                    $"derivation '{store.Directory.Format(target.Derivation)}' does not have output '{name}'"
                );
            }
        }

        return SortedMap<ByteString, StorePath>.From(
            known.Where(output => target.Wants(output.Key))
        );
    }

    private IReadOnlyList<StepId> AddOpaque(StorePath path)
    {
        if (store.IsValid(path))
            return [];
        if (TrySubstitute([path], allowed: true) is { } steps)
            return steps;
        _unknown.Add(path);
        throw BuildException.General(
            $"path '{store.Directory.Format(path)}' is required, but there is no substituter that can build it"
        );
    }

    private IReadOnlyList<StepId> AddBuilt(DerivedPath.Built target, BuildMode mode)
    {
        if (mode == BuildMode.Repair)
            throw BuildException.General("repairing store paths is not there yet");
        var missing = Missing(WantedOutputs(store, target).Values);
        if (missing.Count == 0 && mode == BuildMode.Normal)
            return [];
        if (mode == BuildMode.Check && missing.Count > 0)
        {
            throw BuildException.General(
                $"some outputs of '{store.Directory.Format(target.Derivation)}' are not valid, "
                    + "so checking is not possible"
            );
        }

        return Require(target.Derivation, missing, mode);
    }

    private List<StorePath> Missing(IEnumerable<StorePath> paths) =>
        [.. paths.Where(path => !store.IsValid(path))];

    private IReadOnlyList<StepId> Require(
        StorePath derivation,
        List<StorePath> missing,
        BuildMode mode
    )
    {
        Begin(derivation, missing, mode);
        while (_pending.TryPop(out var visit))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (visit.AreInputsDone)
            {
                AddBuild(visit);
                continue;
            }

            // It may lie on the stack several times: the topmost, which comes first, is the one that counts, so that
            // everything below finds it done.
            if (!_opened.Add(visit.Step.Path))
                continue;
            _pending.Push(visit with { AreInputsDone = true });
            foreach (var (input, inputMissing) in MissingInputs(visit.Step))
                Begin(input, inputMissing, BuildMode.Normal);
        }

        return StepsFor(derivation, missing);
    }

    /// <summary>Decides how missing outputs come: from a cache where one has them, otherwise by a build.</summary>
    private void Begin(StorePath derivation, List<StorePath> missing, BuildMode mode)
    {
        if (_opened.Contains(derivation))
            return;
        if (!_steps.TryGetValue(derivation, out var step))
            _steps[derivation] = step = StepReader.Read(store, derivation);
        if (
            mode == BuildMode.Normal
            && TrySubstitute(missing, step.Options.AllowsSubstitutes) is not null
        )
            return;
        _pending.Push(new Visit(step, mode, AreInputsDone: false));
    }

    private IEnumerable<(StorePath Derivation, List<StorePath> Missing)> MissingInputs(
        BuildStep step
    )
    {
        foreach (var (input, names) in step.Derivation.InputDerivations)
        {
            var missing = Missing(WantedOutputs(store, new DerivedPath.Built(input, names)).Values);
            if (missing.Count > 0)
                yield return (input, missing);
        }

        foreach (var tool in support.Requirements(step).OfType<DerivedPath.Built>())
        {
            if (Missing(WantedOutputs(store, tool).Values) is { Count: > 0 } missing)
                yield return (tool.Derivation, missing);
        }
    }

    private void AddBuild(Visit visit)
    {
        var step = visit.Step;
        if (_builds.ContainsKey(step.Path))
            return;
        var inputs = MissingInputs(step)
            .SelectMany(input => StepsFor(input.Derivation, input.Missing))
            .Concat(SourceSteps(step))
            .Distinct()
            .ToList();
        _builds[step.Path] = AddTask(new RealisationTask.Build(step, visit.Mode), inputs);
    }

    private IEnumerable<StepId> SourceSteps(BuildStep step)
    {
        foreach (var source in Missing(step.Derivation.InputSources))
        {
            var steps =
                TrySubstitute([source], allowed: true)
                ?? throw BuildException.General(
                    $"dependency '{store.Directory.Format(source)}' of "
                        + $"'{store.Directory.Format(step.Path)}' does not exist, "
                        + "and substitution is disabled"
                );
            foreach (var id in steps)
                yield return id;
        }
    }

    private IReadOnlyList<StepId> StepsFor(StorePath derivation, List<StorePath> missing) =>
        _builds.TryGetValue(derivation, out var build)
            ? [build]
            : [.. missing.Where(_substitutions.ContainsKey).Select(path => _substitutions[path])];

    /// <returns>Null when a cache lacks one of them.</returns>
    private List<StepId>? TrySubstitute(List<StorePath> paths, bool allowed)
    {
        if (substitution is null || !allowed)
            return null;
        if (!substitution.FindAvailable(paths, cancellationToken).IsSupersetOf(paths))
            return null;
        var steps = new List<StepId>();
        foreach (var path in paths)
        {
            if (!_substitutions.TryGetValue(path, out var step))
                _substitutions[path] = step = AddTask(new RealisationTask.Substitute(path), []);
            steps.Add(step);
        }

        return steps;
    }

    private StepId AddTask(RealisationTask task, IReadOnlyList<StepId> inputs)
    {
        var step = new StepId(_tasks.Count);
        _tasks.Add(task);
        _inputs.Add(inputs);
        return step;
    }
}
