using Ferry.Build.Logs;
using Ferry.Build.Sandbox;
using Ferry.Platform.Processes;
using Ferry.Store;
using Ferry.Store.Building;

namespace Ferry.Build.Goals;

/// <summary>Runs a builder that is part of this program, on the step's own thread.</summary>
/// <remarks>Its progress counts as output: a download that advances is not silent.</remarks>
internal sealed class BuiltinRun(BuildServices services, BuildActivity activity, BuildLog log)
{
    private readonly Lock _logLock = new();
    private readonly IStore _store = services.Store;

    /// <returns>As a process would have ended: stock runs its builtins in one.</returns>
    /// <exception cref="BuildException">A limit was reached.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public ProcessExit Run(
        IBuiltinBuilder builtin,
        ReadyStep ready,
        ScratchStore scratch,
        BuildDirectory directory,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var limits = new RunLimits(services.Settings, stop.Cancel);
        try
        {
            builtin.Build(Context(ready, scratch, directory, limits, stop.Token));
            return new ProcessExit(Code: 0, Signal: 0);
        }
        catch (OperationCanceledException)
            when (limits.Reached is not null && !cancellationToken.IsCancellationRequested)
        {
            throw limits.Reached;
        }
        catch (BuiltinBuildException failure)
        {
            WriteLine($"error: {failure.Message}");
            return new ProcessExit(Code: 1, Signal: 0);
        }
    }

    private BuiltinBuildContext Context(
        ReadyStep ready,
        ScratchStore scratch,
        BuildDirectory directory,
        RunLimits limits,
        CancellationToken cancellationToken
    ) =>
        new()
        {
            Derivation = ready.Step.Derivation,
            OutputRealPaths = ready.Step.Outputs.Select((_, path) => scratch.RealPath(path)),
            Directory = _store.Directory,
            InputRealPath = path =>
                ready.Closure.Contains(path)
                    ? _store.RealPath(path)
                    : throw new BuiltinBuildException(
                        $"'{_store.Directory.Format(path)}' is not an input of the derivation"
                    ),
            IsInput = ready.Closure.Contains,
            TemporaryDirectory = directory.Build,
            Log = line =>
            {
                limits.SawOutput();
                WriteLine(line);
            },
            Progress = (received, expected) =>
            {
                limits.SawOutput();
                services.Events.Progressed(activity, received, expected);
            },
            CancellationToken = cancellationToken,
        };

    // A builtin may log from threads of its own.
    private void WriteLine(string line)
    {
        lock (_logLock)
            log.WriteLine(line);
    }
}
