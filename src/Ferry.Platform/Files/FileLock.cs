using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Platform.Files;

public enum FileLockKind
{
    Shared = 1,
    Exclusive = 2,
}

/// <summary>A lock on a file by flock(2), as stock Nix uses: it ends with the process, however that ends.</summary>
/// <remarks>It belongs to the open file, so two objects of one process exclude each other as two processes do.</remarks>
public sealed partial class FileLock : IDisposable
{
    private const int DoNotWait = 4;
    private const int Unlock = 8;

    private FileLock(NativePath path, SafeFileHandle handle) => (Path, Handle) = (path, handle);

    public NativePath Path { get; }

    /// <summary>The open lock file; owned by this object.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Opens the file, making it when missing, and locks nothing yet.</summary>
    /// <exception cref="Win32Exception">It cannot be opened; carries errno.</exception>
    public static FileLock Open(NativePath path, int mode = 0b110_000_000) =>
        new(path, FileHandles.Open(path, FileOpening.ReadWrite | FileOpening.Create, mode));

    /// <summary>Opens a directory, which must exist, as a lock of its own.</summary>
    /// <exception cref="Win32Exception">It cannot be opened; carries errno.</exception>
    public static FileLock OpenDirectory(NativePath path) =>
        new(path, FileHandles.Open(path, FileOpening.Read));

    /// <summary>Waits for the lock. A lock that is held already changes its kind, not atomically.</summary>
    /// <exception cref="Win32Exception">The file system refuses locks; carries errno.</exception>
    public void Acquire(FileLockKind kind)
    {
        while (Flock(Handle, (int)kind) != 0)
        {
            if (Marshal.GetLastPInvokeError() != SystemFailure.InterruptedCall)
                throw SystemFailure.Last("cannot lock", Path);
        }
    }

    /// <returns>False when someone else holds it.</returns>
    /// <exception cref="Win32Exception">The file system refuses locks; carries errno.</exception>
    public bool TryAcquire(FileLockKind kind)
    {
        while (Flock(Handle, (int)kind | DoNotWait) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == SystemFailure.WouldBlock)
                return false;
            if (error != SystemFailure.InterruptedCall)
                throw SystemFailure.Last("cannot lock", Path);
        }
        return true;
    }

    public void Release() => _ = Flock(Handle, Unlock);

    /// <summary>True when the name means another file by now, so that this lock excludes nobody: open it again.</summary>
    public bool IsStale()
    {
        var current = FileStatus.TryGet(Path);
        var mine = FileHandles.GetStatus(Handle);
        return current is null || current.Inode != mine.Inode || current.Device != mine.Device;
    }

    public void Dispose() => Handle.Dispose();

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);
}
