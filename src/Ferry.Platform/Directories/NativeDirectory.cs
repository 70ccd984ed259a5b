using System.Runtime.InteropServices;

namespace Ferry.Platform.Directories;

/// <summary>The system calls that work relative to an open directory, and their numbers on Linux.</summary>
internal static unsafe partial class NativeDirectory
{
    public const int CurrentDirectory = -100;
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int CloseOnExec = 0x80000;
    public const int LinkNoFollow = 0x100;
    public const int RemoveDirectory = 0x200;
    public const int EmptyPath = 0x1000;

    // Two flags whose numbers differ between the architectures.
    private static readonly bool s_isArm =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    public static int Directory => s_isArm ? 0x4000 : 0x10000;

    public static int NoFollow => s_isArm ? 0x8000 : 0x20000;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int directory, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    public static partial int MakeDirectoryAt(int directory, byte* path, uint mode);

    [LibraryImport("libc", EntryPoint = "symlinkat", SetLastError = true)]
    public static partial int LinkAt(byte* target, int directory, byte* path);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLinkAt(int directory, byte* path, byte* buffer, nint size);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int UnlinkAt(int directory, byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true)]
    public static partial int RenameAt(int oldDirectory, byte* oldPath, int directory, byte* path);

    [LibraryImport("libc", EntryPoint = "fchmodat", SetLastError = true)]
    public static partial int ChangeModeAt(int directory, byte* path, uint mode, int flags);

    [LibraryImport("libc", EntryPoint = "fchownat", SetLastError = true)]
    public static partial int ChangeOwnerAt(
        int directory,
        byte* path,
        uint user,
        uint group,
        int flags
    );

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true)]
    public static partial int SetTimesAt(int directory, byte* path, long* times, int flags);

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    public static partial nint ReadEntries(int directory, byte* buffer, nint size);
}
