using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ferry.Platform.Files;

/// <summary>Gives a file a second name.</summary>
public static partial class HardLink
{
    /// <returns>False when the file system allows this file no more names; the caller keeps its copy.</returns>
    /// <exception cref="Win32Exception">Any other failure; carries errno.</exception>
    public static unsafe bool TryCreate(NativePath existing, NativePath additional)
    {
        fixed (
            byte* from = existing.Terminated,
                to = additional.Terminated
        )
        {
            if (Link(from, to) == 0)
                return true;
        }
        return Marshal.GetLastPInvokeError() == SystemFailure.TooManyLinks
            ? false
            : throw SystemFailure.Last($"cannot link '{existing}' to", additional);
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true)]
    private static unsafe partial int Link(byte* existing, byte* additional);
}
