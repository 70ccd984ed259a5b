namespace Ferry.Fetching.FileTrees;

public enum TreeEntryKind
{
    Regular,
    Executable,
    Directory,
    SymbolicLink,

    /// <summary>A device, a socket, a pipe.</summary>
    Other,
}

/// <param name="Name">Without any slash.</param>
/// <param name="Kind">Of the entry itself, links not followed.</param>
public readonly record struct TreeEntry(string Name, TreeEntryKind Kind);

/// <summary>A tree of files wherever it is: on the disk, in an archive, in a repository. Any number of threads may read.</summary>
/// <remarks>Paths are empty for the root, else start with a slash; no link is followed.</remarks>
public interface IFileTree
{
    /// <returns>Null when there is nothing.</returns>
    TreeEntryKind? Kind(string path);

    byte[] Read(string path);

    /// <summary>The entries of a directory, in any order.</summary>
    IReadOnlyList<TreeEntry> List(string path);

    string ReadLink(string path);

    /// <summary>Why there is nothing at a path, where this tree knows more than that; null where not.</summary>
    string? ExplainAbsence(string path) => null;

    /// <summary>A folder of this machine that messages name the tree by; null: by where it came from.</summary>
    string? Folder => null;
}
