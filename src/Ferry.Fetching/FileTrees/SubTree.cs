namespace Ferry.Fetching.FileTrees;

/// <summary>A directory of another tree as a tree of its own.</summary>
/// <param name="tree">The other one.</param>
/// <param name="folder">Where in it, starting with a slash.</param>
public sealed class SubTree(IFileTree tree, string folder) : IFileTree
{
    public TreeEntryKind? Kind(string path) => tree.Kind(folder + path);

    public byte[] Read(string path) => tree.Read(folder + path);

    public IReadOnlyList<TreeEntry> List(string path) => tree.List(folder + path);

    public string ReadLink(string path) => tree.ReadLink(folder + path);

    public string? Folder => tree.Folder is { } outer ? outer + folder : null;

    public string? ExplainAbsence(string path) => tree.ExplainAbsence(folder + path);

    /// <summary>Archives usually hold one directory; what is in it is meant.</summary>
    public static IFileTree WithoutSingleDirectory(IFileTree tree) =>
        tree.Kind("") == TreeEntryKind.Directory
        && tree.List("") is [{ Kind: TreeEntryKind.Directory } only]
            ? new SubTree(tree, "/" + only.Name)
            : tree;
}
