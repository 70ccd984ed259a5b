using Ferry.Build.Logs;
using Ferry.Build.Sandbox;
using Ferry.Platform.Processes;
using Ferry.Store;
using Ferry.Store.Building;

namespace Ferry.Build.Goals;

/// <summary>Runs a builder that is part of this program, on the step's own thread.</summary>
internal sealed class BuiltinRun(
    IStore store,
    IBuildEvents events,
    BuildActivity activity,
    BuildLog log
)
{
    private readonly Lock _logLock = new();

    /// <returns>As a process would have ended: stock runs its builtins in one.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public ProcessExit Run(
        IBuiltinBuilder builtin,
        ReadyStep ready,
        ScratchStore scratch,
        BuildDirectory directory,
        CancellationToken cancellationToken
    )
    {
        try
        {
            builtin.Build(Context(ready, scratch, directory, cancellationToken));
            return new ProcessExit(Code: 0, Signal: 0);
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
        CancellationToken cancellationToken
    ) =>
        new()
        {
            Derivation = ready.Step.Derivation,
            OutputRealPaths = ready.Step.Outputs.Select((_, path) => scratch.RealPath(path)),
            Directory = store.Directory,
            InputRealPath = path =>
                ready.Closure.Contains(path)
                    ? store.RealPath(path)
                    : throw new BuiltinBuildException(
                        $"'{store.Directory.Format(path)}' is not an input of the derivation"
                    ),
            TemporaryDirectory = directory.Build,
            Log = WriteLine,
            Progress = (received, expected) => events.Progressed(activity, received, expected),
            CancellationToken = cancellationToken,
        };

    // A builtin may log from threads of its own.
    private void WriteLine(string line)
    {
        lock (_logLock)
            log.WriteLine(line);
    }
}
