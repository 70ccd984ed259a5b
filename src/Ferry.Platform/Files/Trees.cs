using System.ComponentModel;
using Ferry.Platform.Directories;

namespace Ferry.Platform.Files;

/// <summary>Whole directory trees, with names that need not be UTF-8 and directories that are read-only.</summary>
public static class Trees
{
    /// <summary>
    /// Removes a file or a tree of any depth; nothing happens when it is missing. No symbolic link in it is followed, even if
    /// somebody exchanges directories for links meanwhile.
    /// </summary>
    /// <returns>Bytes that became free on the disk: files with further names elsewhere do not count.</returns>
    /// <exception cref="Win32Exception">Something cannot be removed; carries errno.</exception>
    public static long Remove(NativePath path)
    {
        if (FileStatus.TryGet(path) is null)
            return 0;
        var bytes = path.Bytes.TrimEnd((byte)'/');
        var slash = bytes.LastIndexOf((byte)'/');
        using var parent = DirectoryHandle.Open(
            slash switch
            {
                < 0 => ".",
                0 => "/",
                _ => NativePath.FromBytes(bytes[..slash]),
            }
        );
        return parent.DeleteTree(bytes[(slash + 1)..]);
    }
}
