using Ferry.Build.Logs;
using Ferry.Build.Outputs;
using Ferry.Build.Sandbox;
using Ferry.Formats;
using Ferry.Platform.Processes;
using Ferry.Store.Building;
using Ferry.Store.Closures;

namespace Ferry.Build.Goals;

/// <summary>Everything that runs of derivations have in common within one builder.</summary>
/// <param name="Store">Where outputs go.</param>
/// <param name="Settings">Limits and places.</param>
/// <param name="Support">Which systems run here and how.</param>
/// <param name="Builtins">By the name that derivations use.</param>
/// <param name="Events">Who watches.</param>
internal sealed record BuildServices(
    IOutputStore Store,
    BuildSettings Settings,
    SystemRoads Support,
    IReadOnlyDictionary<string, IBuiltinBuilder> Builtins,
    IBuildEvents Events
)
{
    public string BuildDirectory =>
        Settings.BuildDirectory ?? Path.Combine(Store.StateDirectory, "builds");
}

/// <summary>Builds or fetches one derivation whose inputs are valid: from its locks to its registration.</summary>
internal sealed class DerivationRun(
    BuildServices services,
    BuildStep step,
    BuildMode mode,
    BuildActivity activity
)
{
    private readonly IOutputStore _store = services.Store;
    private readonly string _derivationPath = services.Store.Directory.Format(step.Path);

    // Known once it is allowed.
    private bool _isOutside;

    /// <returns>Whether it was built or someone else had done it meanwhile.</returns>
    /// <exception cref="BuildException">It failed; nothing of it is in the store.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; nothing of it is running or in the store.</exception>
    public BuildStatus Run(CancellationToken cancellationToken)
    {
        services.Support.Check(step, _derivationPath);
        RejectUnsafe();
        _isOutside = ProgramRun.IsOutside(services, step);
        _store.AddTemporaryRoot(step.Path);
        foreach (var path in step.Outputs.Values)
            _store.AddTemporaryRoot(path);

        using var locks = OutputLocks.Acquire(
            [.. step.Outputs.Values.Select(_store.RealPath)],
            () => services.Events.Noted($"waiting for lock on {LockedPaths()}"),
            cancellationToken
        );
        var missing = step
            .Outputs.Where(output => !_store.IsValid(output.Value))
            .Select(output => output.Key)
            .ToHashSet();
        if (missing.Count == 0 && mode != BuildMode.Check)
        {
            locks.RemovesFiles = true;
            return BuildStatus.AlreadyValid;
        }

        // A build that was killed between moving and registering left them.
        foreach (var name in missing)
            Platform.Files.Trees.Remove(_store.RealPath(step.Outputs[name]));
        services.Events.Started(activity);
        BuildLocked(missing, cancellationToken);
        locks.RemovesFiles = true;
        return BuildStatus.Built;
    }

    private string LockedPaths() =>
        string.Join(", ", step.Outputs.Values.Select(path => $"'{_store.RealPath(path)}'"));

    private void RejectUnsafe()
    {
        if (step.Options.ImpureHostDependencies.FirstOrDefault() is { } impure)
        {
            throw BuildException.Rejected(
                $"derivation '{_derivationPath}' requested impure path '{impure}', "
                    + "but it was not in allowed-impure-host-deps"
            );
        }
    }

    private void BuildLocked(HashSet<ByteString> missing, CancellationToken cancellationToken)
    {
        var roots = InputRoots.Of(_store, step);
        foreach (var root in roots)
            _store.AddTemporaryRoot(root);
        var ready = new ReadyStep(step, _store.Closure(roots, ClosureOptions.References));
        // Builtins run as the caller, whoever builds run as.
        using var user =
            step.Derivation.IsBuiltin ? BuildUser.Caller
            : _isOutside ? ProgramRun.OutsideUser(services.Settings)
            : BuildUser.Acquire(_store.StateDirectory);
        // First, so that a killed build's scratch store is known by its lock.
        using var directory = BuildDirectory.Create(
            services.BuildDirectory,
            step.Derivation.Name,
            ScratchStore.PathFor(_store, step.Path)
        );
        using var scratch = ScratchStore.Create(_store, step.Path, user);
        using (var log = OpenLog())
        {
            var exit = step.Derivation.IsBuiltin
                ? RunBuiltin(ready, scratch, directory, log, cancellationToken)
                : RunProgram(
                    ready,
                    new ProgramRunParts(user, scratch, directory, log),
                    cancellationToken
                );
            log.Flush();
            if (!exit.IsSuccess)
                throw BuilderFailed(exit, log, directory);
        }

        var pipeline = new OutputPipeline(_store, ready, user);
        if (mode == BuildMode.Check)
            Compare(pipeline, scratch, directory);
        else
            pipeline.Run(scratch, missing);
    }

    private BuildLog OpenLog() =>
        new(
            services.Settings.LogDirectory is { } logs ? new LogDirectory(logs) : null,
            step.Path.ToString(),
            services.Settings.LogLines,
            services.Events,
            activity
        );

    private ProcessExit RunProgram(
        ReadyStep ready,
        ProgramRunParts parts,
        CancellationToken cancellationToken
    )
    {
        var run = new ProgramRun(services, ready, parts);
        try
        {
            return _isOutside
                ? run.RunOutside(cancellationToken)
                : run.RunSandboxed(cancellationToken);
        }
        catch (BuildException) when (services.Settings.KeepsFailed)
        {
            Keep(parts.Directory);
            throw;
        }
    }

    private ProcessExit RunBuiltin(
        ReadyStep ready,
        ScratchStore scratch,
        BuildDirectory directory,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        var name = step.Derivation.Builder.ToString();
        if (!services.Builtins.TryGetValue(name, out var builtin))
        {
            log.WriteLine($"error: unsupported builtin builder '{name["builtin:".Length..]}'");
            return new ProcessExit(Code: 1, Signal: 0);
        }

        return new BuiltinRun(services, activity, log).Run(
            builtin,
            ready,
            scratch,
            directory,
            cancellationToken
        );
    }

    private BuildException BuilderFailed(ProcessExit exit, BuildLog log, BuildDirectory directory)
    {
        var isDiskFull =
            FreeSpace.IsNearlyNone(_store.RealPath(step.Path))
            || FreeSpace.IsNearlyNone(directory.Top);

        // What a builtin leaves may hold secrets of the caller, such as passwords for servers.
        if (services.Settings.KeepsFailed && !step.Derivation.IsBuiltin)
            Keep(directory);
        var tail = services.Settings.ShowsWholeLog ? [] : log.Tail;
        var message = FailureMessages.BuilderFailed(step, exit, tail, _store.Directory);
        return step.HasNetwork || isDiskFull
            ? BuildException.Of(
                BuildStatus.TransientFailure,
                message + (isDiskFull ? FreeSpace.Note : "")
            )
            : BuildException.Of(BuildStatus.PermanentFailure, message);
    }

    private void Keep(BuildDirectory directory) =>
        services.Events.Noted($"note: keeping build directory \"{directory.Keep()}\"");

    private void Compare(OutputPipeline pipeline, ScratchStore scratch, BuildDirectory directory)
    {
        var outputs = pipeline.Prepare(scratch, step.Outputs.Keys.ToHashSet());
        try
        {
            OutputComparison.Compare(_store, step, outputs, services.Settings.KeepsFailed);
        }
        catch (BuildException) when (services.Settings.KeepsFailed && !step.Derivation.IsBuiltin)
        {
            Keep(directory);
            throw;
        }
    }
}
