using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ferry.Platform.Files;

/// <summary>Changes owner, permissions and times. None of the members follows a final symbolic link, save <see cref="ChangeMode"/>.</summary>
public static unsafe partial class FileMetadata
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;

    // UTIME_OMIT: leave this time as it is.
    private const long Omit = (1L << 30) - 2;

    /// <exception cref="Win32Exception">Refused; carries errno.</exception>
    public static void ChangeOwner(NativePath path, uint user, uint group)
    {
        fixed (byte* name = path.Terminated)
            SystemFailure.ThrowIfNegative(
                ChangeLinkOwner(name, user, group),
                "cannot change the owner of",
                path
            );
    }

    /// <summary>Never call it on a symbolic link: links have no permissions, so the target would be changed.</summary>
    /// <exception cref="Win32Exception">Refused; carries errno.</exception>
    public static void ChangeMode(NativePath path, int mode)
    {
        fixed (byte* name = path.Terminated)
            SystemFailure.ThrowIfNegative(
                ChangePermissions(name, (uint)mode),
                "cannot change the permissions of",
                path
            );
    }

    /// <summary>Sets the time of last modification; the time of last access stays.</summary>
    /// <param name="path">A file, a directory, or a link itself.</param>
    /// <param name="seconds">Unix seconds; 1 in a store.</param>
    /// <exception cref="Win32Exception">Refused; carries errno.</exception>
    public static void SetModified(NativePath path, long seconds)
    {
        var times = stackalloc long[4] { 0, Omit, seconds, 0 };
        fixed (byte* name = path.Terminated)
            SystemFailure.ThrowIfNegative(
                SetTimes(CurrentDirectory, name, times, NoFollow),
                "cannot set the modification time of",
                path
            );
    }

    /// <returns>Names of the extended attributes, usually none; none as well where the file system has no such thing.</returns>
    public static IReadOnlyList<string> ListAttributes(NativePath path)
    {
        var buffer = new byte[64 << 10]; // XATTR_LIST_MAX
        fixed (
            byte* name = path.Terminated,
                into = buffer
        )
        {
            var length = ListLinkAttributes(name, into, (nuint)buffer.Length);
            return length <= 0
                ? []
                : System
                    .Text.Encoding.UTF8.GetString(buffer, 0, (int)length)
                    .Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <exception cref="Win32Exception">Refused; carries errno.</exception>
    public static void RemoveAttribute(NativePath path, string attribute)
    {
        fixed (
            byte* name = path.Terminated,
                key = NativePath.FromString(attribute).Terminated
        )
            SystemFailure.ThrowIfNegative(
                RemoveLinkAttribute(name, key),
                $"cannot remove the extended attribute '{attribute}' of",
                path
            );
    }

    /// <summary>Whether this process may write to it; false as well when there is nothing.</summary>
    public static bool MayWrite(NativePath path)
    {
        const int writing = 2;
        fixed (byte* name = path.Terminated)
            return Access(name, writing) == 0;
    }

    [LibraryImport("libc", EntryPoint = "access")]
    private static partial int Access(byte* path, int mode);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true)]
    private static partial int ChangeLinkOwner(byte* path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true)]
    private static partial int ChangePermissions(byte* path, uint mode);

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true)]
    private static partial int SetTimes(int directory, byte* path, long* times, int flags);

    [LibraryImport("libc", EntryPoint = "llistxattr", SetLastError = true)]
    private static partial nint ListLinkAttributes(byte* path, byte* buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "lremovexattr", SetLastError = true)]
    private static partial int RemoveLinkAttribute(byte* path, byte* name);
}
