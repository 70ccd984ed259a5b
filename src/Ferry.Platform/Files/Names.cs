using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ferry.Platform.Files;

/// <summary>Makes, moves and removes single names. For whole trees see <see cref="Trees"/>.</summary>
public static unsafe partial class Names
{
    /// <exception cref="Win32Exception">It cannot be made; carries errno.</exception>
    public static void MakeDirectory(NativePath path, int mode = 0b111_111_111)
    {
        if (!TryMakeDirectory(path, mode))
            throw SystemFailure.Create(SystemFailure.Exists, $"cannot make the directory '{path}'");
    }

    /// <returns>False when the name exists already, whatever it is.</returns>
    /// <exception cref="Win32Exception">Any other failure; carries errno.</exception>
    public static bool TryMakeDirectory(NativePath path, int mode = 0b111_111_111)
    {
        fixed (byte* name = path.Terminated)
        {
            if (Make(name, (uint)mode) == 0)
                return true;
        }
        return Marshal.GetLastPInvokeError() == SystemFailure.Exists
            ? false
            : throw SystemFailure.Last("cannot make the directory", path);
    }

    /// <summary>Moves a file or directory within a file system, atomically; an existing file at the target is replaced.</summary>
    /// <exception cref="Win32Exception">It cannot be moved; carries errno.</exception>
    public static void Move(NativePath from, NativePath to)
    {
        fixed (
            byte* source = from.Terminated,
                target = to.Terminated
        )
            SystemFailure.ThrowIfNegative(Rename(source, target), $"cannot move '{from}' to", to);
    }

    /// <returns>False when there was no such name.</returns>
    /// <exception cref="Win32Exception">Any other failure; carries errno.</exception>
    public static bool RemoveFile(NativePath path)
    {
        fixed (byte* name = path.Terminated)
            return Removed(Unlink(name), path);
    }

    /// <returns>False when there was no such name.</returns>
    /// <exception cref="Win32Exception">It is not empty, or any other failure; carries errno.</exception>
    public static bool RemoveDirectory(NativePath path)
    {
        fixed (byte* name = path.Terminated)
            return Removed(RemoveEmpty(name), path);
    }

    private static bool Removed(int result, NativePath path)
    {
        if (result == 0)
            return true;
        return Marshal.GetLastPInvokeError() == SystemFailure.NotFound
            ? false
            : throw SystemFailure.Last("cannot remove", path);
    }

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true)]
    private static partial int Make(byte* path, uint mode);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static partial int Rename(byte* from, byte* to);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true)]
    private static partial int Unlink(byte* path);

    [LibraryImport("libc", EntryPoint = "rmdir", SetLastError = true)]
    private static partial int RemoveEmpty(byte* path);
}
