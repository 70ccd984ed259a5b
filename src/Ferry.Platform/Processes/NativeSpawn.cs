using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Platform.Processes;

/// <summary>Starts programs by posix_spawn: its vfork costs the same whatever the size of this process's heap.</summary>
/// <remarks>Every descriptor that .NET opens is close-on-exec, so a child gets only those that are handed to it here.</remarks>
internal static unsafe partial class NativeSpawn
{
    // glibc needs 80 and 336 bytes on 64-bit machines; the rest is room for other libraries.
    private const int ActionsSizeBytes = 512;
    private const int AttributesSizeBytes = 512;

    private const short SetProcessGroup = 0x02;
    private const short SetDefaultSignals = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80;

    // A source below this could be the target of an earlier dup2.
    private const int LowestSafeSource = 32;
    private const int DuplicateCloseOnExec = 1030;

    /// <returns>The child's process id; the caller must wait for it.</returns>
    /// <exception cref="Win32Exception">The program could not be executed; carries errno.</exception>
    public static int Start(ProcessSpecification specification)
    {
        var actions = stackalloc byte[ActionsSizeBytes];
        var attributes = stackalloc byte[AttributesSizeBytes];
        var moved = new List<SafeFileHandle>();
        Check(InitialiseActions(actions), specification);
        Check(InitialiseAttributes(attributes), specification);
        try
        {
            AddDescriptors(actions, specification, moved);
            if (specification.WorkingDirectory is { } directory)
                Check(AddChangeDirectory(actions, directory), specification);
            SetAttributes(attributes, specification);

            using var arguments = new NativeStrings(
                specification.ArgumentBytes
                    ?? Encode([specification.Program, .. specification.Arguments])
            );
            using var environment = specification.Environment is null
                ? null
                : new NativeStrings(
                    Encode(specification.Environment.Select(p => $"{p.Key}={p.Value}"))
                );
            Check(
                SpawnProgram(
                    out var child,
                    specification.Program,
                    actions,
                    attributes,
                    arguments.Pointer,
                    environment is null ? CurrentEnvironment() : environment.Pointer
                ),
                specification
            );
            return child;
        }
        finally
        {
            _ = DestroyActions(actions);
            _ = DestroyAttributes(attributes);
            foreach (var handle in moved)
                handle.Dispose();
        }
    }

    internal static IReadOnlyList<ReadOnlyMemory<byte>> Encode(IEnumerable<string> texts) =>
        [.. texts.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))];

    private static void AddDescriptors(
        byte* actions,
        ProcessSpecification specification,
        List<SafeFileHandle> moved
    )
    {
        foreach (var (source, target) in specification.Descriptors)
        {
            var number = (int)source.DangerousGetHandle();
            if (number < LowestSafeSource)
            {
                var copy = Control(number, DuplicateCloseOnExec, LowestSafeSource);
                if (copy < 0)
                    Check(Marshal.GetLastPInvokeError(), specification);
                moved.Add(new SafeFileHandle(copy, ownsHandle: true));
                number = copy;
            }
            Check(AddDuplicate(actions, number, target), specification);
        }
    }

    // .NET ignores SIGPIPE and may block signals; a child starts with neither.
    private static void SetAttributes(byte* attributes, ProcessSpecification specification)
    {
        Span<byte> all = stackalloc byte[128];
        Span<byte> none = stackalloc byte[128];
        all.Fill(0xff);
        none.Clear();
        fixed (
            byte* allPointer = all,
                nonePointer = none
        )
        {
            Check(SetDefault(attributes, allPointer), specification);
            Check(SetMask(attributes, nonePointer), specification);
        }
        short flags = SetDefaultSignals | SetSignalMask;
        if (specification.Group == ProcessGroupKind.NewSession)
            flags |= SetSession;
        else if (specification.Group == ProcessGroupKind.NewGroup)
            flags |= SetProcessGroup;
        Check(SetFlags(attributes, flags), specification);
    }

    internal static byte** CurrentEnvironment() =>
        *(byte***)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "environ");

    private static void Check(int error, ProcessSpecification specification)
    {
        if (error != 0)
            throw new Win32Exception(
                error,
                $"cannot start '{specification.Program}': {Marshal.GetPInvokeErrorMessage(error)}"
            );
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SpawnProgram(
        out int child,
        string program,
        byte* actions,
        byte* attributes,
        byte** arguments,
        byte** environment
    );

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitialiseActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(byte* actions, int source, int target);

    [LibraryImport(
        "libc",
        EntryPoint = "posix_spawn_file_actions_addchdir_np",
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int AddChangeDirectory(byte* actions, string directory);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitialiseAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int SetDefault(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetMask(byte* attributes, byte* signals);
}
