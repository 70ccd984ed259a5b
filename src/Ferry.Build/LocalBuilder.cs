using Ferry.Build.Goals;
using Ferry.Build.Logs;
using Ferry.Build.Sandbox;
using Ferry.Build.Scheduling;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;

namespace Ferry.Build;

/// <summary>What the program joins to a builder.</summary>
/// <param name="Store">Where outputs go.</param>
/// <param name="Settings">Limits and places.</param>
public sealed record BuilderParts(IOutputStore Store, BuildSettings Settings)
{
    /// <summary>Builders that are part of the program.</summary>
    public IReadOnlyList<IBuiltinBuilder> Builtins { get; init; } = [];

    /// <summary>Null: derivations for foreign systems are refused.</summary>
    public IEmulatorProvider? Emulators { get; init; }

    /// <summary>Null: everything is built.</summary>
    public ISubstitution? Substitution { get; init; }

    public IBuildEvents Events { get; init; } = SilentBuildEvents.Instance;
}

/// <summary>Builds on this machine, in sandboxes.</summary>
public sealed class LocalBuilder : IBuilder
{
    private readonly BuilderParts _parts;
    private readonly BuildServices _services;

    public LocalBuilder(BuilderParts parts)
    {
        _parts = parts;
        _services = new BuildServices(
            parts.Store,
            parts.Settings,
            new SystemRoads(parts.Settings, parts.Emulators),
            parts.Builtins.ToDictionary(builtin => builtin.Name),
            parts.Events
        );
        BuildDirectory.Sweep(_services.BuildDirectory);
    }

    public IReadOnlyList<BuildResult> Build(
        IReadOnlyList<DerivedPath> targets,
        BuildMode mode,
        CancellationToken cancellationToken
    ) => Run(targets, mode, cancellationToken).Results;

    /// <summary>As <see cref="Build"/>, with every failure on the way besides the results.</summary>
    public BuildReport Run(
        IReadOnlyList<DerivedPath> targets,
        BuildMode mode,
        CancellationToken cancellationToken
    ) => Run(new BuildRequest(targets) { Mode = mode }, cancellationToken);

    /// <summary>As <see cref="Build"/>, with every failure on the way besides the results.</summary>
    public BuildReport Run(BuildRequest request, CancellationToken cancellationToken)
    {
        var graph = NewGraph(cancellationToken);
        var wanted = new List<TargetSteps>();
        foreach (var target in request.Targets)
            wanted.Add(Add(graph, target, request.Mode));

        var run = new Realisation(
            _services,
            graph,
            _parts.Substitution,
            wanted.SelectMany(target => target.Steps).ToHashSet()
        )
        {
            IsAnnounced = request.IsAnnounced,
        };
        run.Run(cancellationToken);
        var failures = wanted
            .Select(target => target.Failure)
            .OfType<BuildException>()
            .Concat(run.Failures);
        return new BuildReport(
            [.. wanted.Select(target => ResultOf(target, run))],
            [.. failures.Select(failure => failure.Status)]
        );
    }

    /// <summary>What <see cref="Build"/> would do, without doing any of it (<c>--dry-run</c>).</summary>
    /// <exception cref="BuildException">Something can neither be built nor substituted.</exception>
    public BuildSummary Preview(
        IReadOnlyList<DerivedPath> targets,
        CancellationToken cancellationToken
    )
    {
        var graph = NewGraph(cancellationToken);
        foreach (var target in targets)
        {
            // A path that nobody can make is part of the summary.
            if (
                Add(graph, target, BuildMode.Normal).Failure is { } failure
                && target is DerivedPath.Built
            )
                throw failure;
        }

        return Realisation.Summary(graph, _parts.Store);
    }

    private sealed record TargetSteps(
        DerivedPath Target,
        IReadOnlyList<StepId> Steps,
        BuildException? Failure
    );

    private RealisationGraph NewGraph(CancellationToken cancellationToken) =>
        new(_parts.Store, _services.Support, _parts.Substitution, cancellationToken);

    private static TargetSteps Add(RealisationGraph graph, DerivedPath target, BuildMode mode)
    {
        try
        {
            return new TargetSteps(target, graph.Add(target, mode), Failure: null);
        }
        catch (BuildException failure)
        {
            return new TargetSteps(target, [], failure);
        }
    }

    private BuildResult ResultOf(TargetSteps target, Realisation run)
    {
        if (target.Failure is { } early)
            return new BuildResult(target.Target, early.Status) { Message = early.Message };

        foreach (var step in target.Steps)
        {
            if (run.FailureOf(step) is { } failure)
                return new BuildResult(target.Target, failure.Status) { Message = failure.Message };
            if (run.StatusOf(step) is null)
                return new BuildResult(target.Target, BuildStatus.Cancelled)
                {
                    Message =
                        $"'{target.Target.Format(_parts.Store.Directory)}' was not built, since another build failed",
                };
        }

        var status =
            target.Steps.Count == 0
                ? BuildStatus.AlreadyValid
                : target.Steps.Select(step => run.StatusOf(step)!.Value).Min();
        return new BuildResult(target.Target, status) { Outputs = OutputsOf(target.Target) };
    }

    private SortedMap<ByteString, StorePath> OutputsOf(DerivedPath target) =>
        target is DerivedPath.Built built
            ? RealisationGraph.WantedOutputs(_parts.Store, built)
            : SortedMap<ByteString, StorePath>.Empty;
}

/// <param name="Targets">What is to be there.</param>
public sealed record BuildRequest(IReadOnlyList<DerivedPath> Targets)
{
    public BuildMode Mode { get; init; }

    /// <summary>False when building is part of something else, such as an evaluation.</summary>
    public bool IsAnnounced { get; init; } = true;
}

/// <param name="Results">One a target, in their order.</param>
/// <param name="Failures">The kind of every failure, those of inputs included; <see cref="FailureExitStatus"/> sums them up.</param>
public sealed record BuildReport(
    IReadOnlyList<BuildResult> Results,
    IReadOnlyList<BuildStatus> Failures
);
