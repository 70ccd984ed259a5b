using System.ComponentModel;

namespace Ferry.Platform.Files;

/// <summary>Whole directory trees, with names that need not be UTF-8 and directories that are read-only.</summary>
public static class Trees
{
    private const int OwnerAll = 0b111_000_000;

    /// <summary>Removes a file or a tree; nothing happens when it is missing. Symbolic links are not followed.</summary>
    /// <returns>Bytes that became free on the disk: files with further names elsewhere do not count.</returns>
    /// <exception cref="Win32Exception">Something cannot be removed; carries errno.</exception>
    public static long Remove(NativePath path)
    {
        if (FileStatus.TryGet(path) is not { } status)
            return 0;

        if (status.Kind != FileKind.Directory)
        {
            _ = Names.RemoveFile(path);
            return status.LinkCount <= 1 ? status.AllocatedBytes : 0;
        }

        // A store's directories are read-only even for their owner.
        if ((status.Mode & OwnerAll) != OwnerAll)
            FileMetadata.ChangeMode(path, status.Mode | OwnerAll);
        var freed = status.AllocatedBytes;
        foreach (var name in DirectoryListing.Read(path))
            freed += Remove(path.Append(name));
        _ = Names.RemoveDirectory(path);
        return freed;
    }
}
