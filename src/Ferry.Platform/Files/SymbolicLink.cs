using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ferry.Platform.Files;

/// <summary>Symbolic links whose targets are bytes and are never followed.</summary>
public static partial class SymbolicLink
{
    // PATH_MAX: no file system stores a longer target.
    private const int TargetLengthMax = 4096;

    /// <exception cref="Win32Exception">The link could not be made; carries errno.</exception>
    public static unsafe void Create(NativePath target, NativePath path)
    {
        fixed (
            byte* to = target.Terminated,
                name = path.Terminated
        )
            SystemFailure.ThrowIfNegative(MakeLink(to, name), "cannot make the link", path);
    }

    /// <exception cref="Win32Exception">It is no link or cannot be read; carries errno.</exception>
    public static unsafe byte[] ReadTarget(NativePath path)
    {
        var buffer = new byte[TargetLengthMax];
        fixed (
            byte* name = path.Terminated,
                into = buffer
        )
        {
            var length = ReadLink(name, into, TargetLengthMax);
            SystemFailure.ThrowIfNegative(length, "cannot read the link", path);
            return buffer[..(int)length];
        }
    }

    [LibraryImport("libc", EntryPoint = "symlink", SetLastError = true)]
    private static unsafe partial int MakeLink(byte* target, byte* path);

    [LibraryImport("libc", EntryPoint = "readlink", SetLastError = true)]
    private static unsafe partial nint ReadLink(byte* path, byte* buffer, nuint size);
}
