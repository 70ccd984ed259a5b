namespace Ferry.Fetching.FileTrees;

/// <summary>A tree with others in place of some of its directories, as submodules are.</summary>
/// <param name="main">The outer tree.</param>
/// <param name="mounts">By path, starting with a slash; the outer tree has a directory there.</param>
public sealed class MountedTree(IFileTree main, IReadOnlyDictionary<string, IFileTree> mounts)
    : IFileTree
{
    public TreeEntryKind? Kind(string path) => Locate(path, out var below).Kind(below);

    public byte[] Read(string path) => Locate(path, out var below).Read(below);

    public IReadOnlyList<TreeEntry> List(string path) => Locate(path, out var below).List(below);

    public string ReadLink(string path) => Locate(path, out var below).ReadLink(below);

    public string? Folder => main.Folder;

    public string? ExplainAbsence(string path) => Locate(path, out var below).ExplainAbsence(below);

    private IFileTree Locate(string path, out string below)
    {
        for (var at = path; at.Length > 0; at = at[..at.LastIndexOf('/')])
        {
            if (!mounts.TryGetValue(at, out var mounted))
                continue;
            below = path[at.Length..];
            return mounted;
        }

        below = path;
        return main;
    }
}
