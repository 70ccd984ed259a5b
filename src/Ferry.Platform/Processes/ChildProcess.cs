using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ferry.Platform.Processes;

/// <summary>A process that this one started and must wait for. Safe for several threads.</summary>
public sealed partial class ChildProcess : IDisposable
{
    private const int ByProcessId = 1;
    private const int Exited = 4;
    private const int LeaveWaitable = 0x0100_0000;
    private const int InterruptedCall = 4;

    private readonly Lock _lock = new();
    private ProcessExit? _exit;

    private ChildProcess(int processId, ProcessGroupKind group) =>
        (ProcessId, Group) = (processId, group);

    public int ProcessId { get; }

    public ProcessGroupKind Group { get; }

    /// <exception cref="Win32Exception">The program could not be executed; carries errno.</exception>
    public static ChildProcess Start(ProcessSpecification specification) =>
        new(NativeSpawn.Start(specification), specification.Group);

    /// <summary>Blocks until the process has ended. May be called again.</summary>
    public unsafe ProcessExit Wait()
    {
        // The first wait leaves the zombie, so that the number cannot be given to another process while Signal uses it.
        var information = stackalloc byte[128];
        while (_exit is null)
        {
            var failed = WaitWithoutReaping(
                ByProcessId,
                ProcessId,
                information,
                Exited | LeaveWaitable
            );
            if (failed != 0 && Marshal.GetLastPInvokeError() == InterruptedCall)
                continue;
            lock (_lock)
            {
                if (_exit is not null)
                    break;
                if (WaitAndReap(ProcessId, out var status, 0) != ProcessId)
                    throw new Win32Exception(
                        Marshal.GetLastPInvokeError(),
                        $"cannot wait for process {ProcessId}"
                    );
                _exit = ProcessExit.FromWaitStatus(status);
            }
        }
        return _exit.Value;
    }

    /// <summary>Sends a signal to the process, or to its whole group where it has its own.</summary>
    /// <returns>False when it has ended already.</returns>
    public bool Signal(int signal, bool wholeGroup = true)
    {
        lock (_lock)
        {
            if (_exit is not null)
                return false;
            var isLeader = wholeGroup && Group != ProcessGroupKind.Callers;
            return SendSignal(isLeader ? -ProcessId : ProcessId, signal) == 0;
        }
    }

    /// <summary>Kills the process and its group, and waits for it.</summary>
    public void Kill()
    {
        const int KillSignal = 9;
        _ = Signal(KillSignal);
        _ = Wait();
    }

    /// <summary>Kills what still runs.</summary>
    public void Dispose()
    {
        if (_exit is null)
            Kill();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitAndReap(int processId, out int status, int options);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static unsafe partial int WaitWithoutReaping(
        int kind,
        int processId,
        byte* information,
        int options
    );
}
