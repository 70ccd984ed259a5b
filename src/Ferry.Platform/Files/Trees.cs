using System.ComponentModel;
using System.Text;
using Ferry.Platform.Directories;

namespace Ferry.Platform.Files;

/// <summary>Whole directory trees, with names that need not be UTF-8 and directories that are read-only.</summary>
public static class Trees
{
    /// <summary>Removes a file or a tree, however deep; nothing happens when it is missing. Symbolic links are not followed.</summary>
    /// <returns>Bytes that became free on the disk: files with further names elsewhere do not count.</returns>
    /// <exception cref="Win32Exception">Something cannot be removed; carries errno.</exception>
    public static long Remove(NativePath path)
    {
        var bytes = path.Bytes;
        while (bytes.Length > 1 && bytes[^1] == '/')
            bytes = bytes[..^1];
        var slash = bytes.LastIndexOf((byte)'/');
        var parent = slash < 0 ? "."u8 : bytes[..Math.Max(slash, 1)];
        using var directory = TryOpen(Encoding.UTF8.GetString(parent));
        return directory?.DeleteTree(bytes[(slash + 1)..]) ?? 0;
    }

    private static DirectoryHandle? TryOpen(string path)
    {
        try
        {
            return DirectoryHandle.Open(path);
        }
        catch (Win32Exception exception)
            when (exception.NativeErrorCode is SystemFailure.NotFound or SystemFailure.NotADirectory
            )
        {
            return null;
        }
    }
}
