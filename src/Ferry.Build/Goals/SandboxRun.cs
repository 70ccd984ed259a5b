using Ferry.Build.Logs;
using Ferry.Platform.Processes;
using Ferry.Platform.Sandbox;
using Ferry.Store.Building;

namespace Ferry.Build.Goals;

/// <summary>Runs a builder in its sandbox, keeps its log, and stops it when it takes or talks too long.</summary>
internal sealed class SandboxRun(BuildSettings settings, string derivationPath, BuildLog log)
{
    private const int BufferSize = 64 << 10;

    private static readonly TimeSpan s_endWithoutOutput = TimeSpan.FromSeconds(1);

    /// <summary>Blocks until the builder and everything it started is gone.</summary>
    /// <exception cref="BuildException">A limit was reached, or the sandbox cannot be made.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public ProcessExit Run(SandboxSpecification specification, CancellationToken cancellationToken)
    {
        SandboxProcess process;
        try
        {
            process = SandboxProcess.Start(specification);
        }
        catch (SandboxException failure) when (failure.Step == SandboxStep.Execute)
        {
            // The derivation's fault, not the sandbox's: stock tells it in the log.
            log.WriteLine($"error: {failure.Message}");
            return new ProcessExit(Code: 1, Signal: 0);
        }
        catch (SandboxException failure)
        {
            throw BuildException.General(
                $"while setting up the build environment of '{derivationPath}': {failure.Message}",
                failure
            );
        }

        using (process)
        using (var limits = new RunLimits(settings, process.Kill))
        using (cancellationToken.Register(process.Kill))
        {
            var reached = Follow(process, limits);
            // A builder without an output can tell nobody any more; stock ends it then.
            using var end = new Timer(
                _ => process.Kill(),
                state: null,
                dueTime: s_endWithoutOutput,
                period: Timeout.InfiniteTimeSpan
            );
            var exit = process.Wait();
            cancellationToken.ThrowIfCancellationRequested();
            return (reached ?? limits.Reached) is { } failure ? throw failure : exit;
        }
    }

    /// <returns>Null unless the log grew too long.</returns>
    private BuildException? Follow(SandboxProcess process, RunLimits limits)
    {
        var buffer = new byte[BufferSize];
        int count;
        while ((count = process.Output.Read(buffer)) > 0)
        {
            limits.SawOutput();
            if (settings.LogSizeMax is { } max && log.Length + count > max)
            {
                process.Kill();
                return BuildException.Of(
                    BuildStatus.LogLimitExceeded,
                    $"building derivation '{derivationPath}' killed after writing more than "
                        + $"{max} bytes of log output"
                );
            }

            log.Write(buffer.AsSpan(0, count));
        }

        return null;
    }
}
