using Ferry.Fetching.FileTrees;

namespace Ferry.Fetching.Git;

/// <summary>The tracked files of a working tree as they are now; others are as good as not there.</summary>
internal sealed class GitWorkingFiles : IFileTree
{
    private readonly string _folder;
    private readonly DiskFileTree _disk;
    private readonly HashSet<string> _files;
    private readonly Dictionary<string, HashSet<string>> _folders = new(StringComparer.Ordinal)
    {
        [""] = [],
    };

    /// <param name="folder">The working tree.</param>
    /// <param name="files">Paths of tracked files that exist, and of submodules that are to be seen as folders.</param>
    public GitWorkingFiles(string folder, IEnumerable<string> files)
    {
        _folder = folder;
        _disk = new(folder);
        _files = [.. files.Select(file => "/" + file)];
        foreach (var file in _files)
            AddToFolder(file);
    }

    public TreeEntryKind? Kind(string path) =>
        _folders.ContainsKey(path) ? TreeEntryKind.Directory
        : _files.Contains(path) ? _disk.Kind(path)
        : null;

    public byte[] Read(string path) => _disk.Read(path);

    public IReadOnlyList<TreeEntry> List(string path) =>
        _folders.TryGetValue(path, out var names)
            ?
            [
                .. names
                    .Select(name => (name, Kind: Kind($"{path}/{name}")))
                    .Where(entry => entry.Kind is not null)
                    .Select(entry => new TreeEntry(entry.name, entry.Kind!.Value)),
            ]
            : [];

    public string ReadLink(string path) => _disk.ReadLink(path);

    public string? Folder => _folder;

    public string? ExplainAbsence(string path) => ExplainAbsence(_folder, _disk, path);

    /// <summary>Why a path is as good as not there.</summary>
    /// <param name="folder">The working tree.</param>
    /// <param name="disk">All that is in it.</param>
    /// <param name="path">Of the missing file.</param>
    public static string ExplainAbsence(string folder, DiskFileTree disk, string path)
    {
        var relative = path.TrimStart('/');
        return disk.Kind(path) is not null
            ? $"""
                Path '{relative}' in the repository "{folder}" is not tracked by Git.

                To make it visible to Nix, run:

                git -C "{folder}" add "{relative}"
                """
            : $"Path '{relative}' does not exist in Git repository \"{folder}\".";
    }

    private void AddToFolder(string path)
    {
        while (path.Length > 0)
        {
            var slash = path.LastIndexOf('/');
            var (parent, name) = (path[..slash], path[(slash + 1)..]);
            if (_folders.TryGetValue(parent, out var names))
            {
                names.Add(name);
                return;
            }

            _folders[parent] = [name];
            path = parent;
        }
    }
}
