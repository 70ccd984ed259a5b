using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ferry.Platform.Processes;

/// <summary>Executes a program in this process's place: it keeps the process number, streams, terminal and directory.</summary>
public static unsafe partial class ProcessReplacement
{
    private const int BrokenPipeSignal = 13;
    private const int SetMask = 2;
    private const int SignalSetSizeBytes = 128;

    /// <summary>Returns only by an exception.</summary>
    /// <param name="program">A path; not looked up.</param>
    /// <param name="arguments">Includes <c>argv[0]</c>.</param>
    /// <param name="environment">Entries <c>NAME=value</c>; null: this process's own.</param>
    /// <exception cref="Win32Exception">It cannot be executed; carries errno.</exception>
    public static void Execute(
        string program,
        IReadOnlyList<ReadOnlyMemory<byte>> arguments,
        IReadOnlyList<ReadOnlyMemory<byte>>? environment = null
    )
    {
        using var argumentArray = new NativeStrings(arguments);
        using var environmentArray = environment is null ? null : new NativeStrings(environment);

        // .NET ignores SIGPIPE, which outlives exec: "yes | head" would never end.
        _ = SetSignal(BrokenPipeSignal, 0);
        var none = stackalloc byte[SignalSetSizeBytes];
        new Span<byte>(none, SignalSetSizeBytes).Clear();
        _ = ChangeMask(SetMask, none, null);

        fixed (byte* path = NativePath.FromString(program).Terminated)
            _ = ExecuteProgram(
                path,
                argumentArray.Pointer,
                environmentArray is null
                    ? NativeSpawn.CurrentEnvironment()
                    : environmentArray.Pointer
            );
        throw SystemFailure.Last("cannot execute", program);
    }

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true)]
    private static partial int ExecuteProgram(byte* path, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static partial nint SetSignal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static partial int ChangeMask(int how, byte* set, byte* previous);
}
