using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Platform.Files;

/// <summary>Flags of open(2) that are the same on every Linux architecture that .NET runs on.</summary>
[Flags]
public enum FileOpening
{
    Read = 0,
    Write = 1,
    ReadWrite = 2,
    Create = 0x40,

    /// <summary>With <see cref="Create"/>: fail when the name exists, even as a dangling link.</summary>
    New = 0x80,
    Truncate = 0x200,
    Append = 0x400,
}

/// <summary>Opens files by byte paths; the handles work with <see cref="RandomAccess"/> and <see cref="FileStream"/>.</summary>
public static unsafe partial class FileHandles
{
    private const int CloseOnExec = 0x80000;

    /// <param name="path">A final symbolic link is followed unless <see cref="FileOpening.New"/> is set.</param>
    /// <param name="opening">How.</param>
    /// <param name="mode">Permission bits of a new file, before the umask.</param>
    /// <exception cref="Win32Exception">It cannot be opened; carries errno.</exception>
    public static SafeFileHandle Open(
        NativePath path,
        FileOpening opening,
        int mode = 0b110_110_110
    )
    {
        fixed (byte* name = path.Terminated)
        {
            int number;
            do number = OpenFile(name, (int)opening | CloseOnExec, (uint)mode);
            while (number < 0 && Marshal.GetLastPInvokeError() == SystemFailure.InterruptedCall);
            SystemFailure.ThrowIfNegative(number, "cannot open", path);
            return new SafeFileHandle(number, ownsHandle: true);
        }
    }

    public static FileStatus GetStatus(SafeFileHandle handle) =>
        FileStatus.Get($"/proc/self/fd/{handle.DangerousGetHandle()}", followsLink: true);

    /// <summary>Waits until the content is on the disk.</summary>
    /// <exception cref="Win32Exception">The disk failed; carries errno.</exception>
    public static void Flush(SafeFileHandle handle) =>
        SystemFailure.ThrowIfNegative(Synchronise(handle), "cannot flush", "an open file");

    /// <summary>Waits until a file, or a directory's list of names, is on the disk.</summary>
    /// <exception cref="Win32Exception">The disk failed; carries errno.</exception>
    public static void Flush(NativePath path)
    {
        using var handle = Open(path, FileOpening.Read);
        SystemFailure.ThrowIfNegative(Synchronise(handle), "cannot flush", path);
    }

    /// <summary>Waits until everything written to the file system that holds <paramref name="path"/> is on the disk.</summary>
    /// <exception cref="Win32Exception">The disk failed; carries errno.</exception>
    public static void FlushFileSystem(NativePath path)
    {
        using var handle = Open(path, FileOpening.Read);
        SystemFailure.ThrowIfNegative(
            SynchroniseFileSystem(handle),
            "cannot flush the file system of",
            path
        );
    }

    // open is variadic; with three integer arguments the calling conventions of all our targets agree with a plain call.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int OpenFile(byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronise(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SynchroniseFileSystem(SafeFileHandle file);
}
