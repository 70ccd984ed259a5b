using System.Text;
using Ferry.Platform.Files;

namespace Ferry.Fetching.FileTrees;

/// <summary>A directory or file of this machine, as it is when it is read.</summary>
/// <param name="root">Absolute, without a slash at its end.</param>
public sealed class DiskFileTree(string root) : IFileTree
{
    public TreeEntryKind? Kind(string path) =>
        FileStatus.TryGet(root + path) is { } status ? KindOf(status) : null;

    public byte[] Read(string path) => File.ReadAllBytes(root + path);

    public IReadOnlyList<TreeEntry> List(string path)
    {
        var directory = root + path;
        var entries = new List<TreeEntry>();
        foreach (var bytes in DirectoryListing.Read(directory))
        {
            var name = Encoding.UTF8.GetString(bytes);
            if (FileStatus.TryGet($"{directory}/{name}") is { } status)
                entries.Add(new(name, KindOf(status)));
        }

        return entries;
    }

    public string ReadLink(string path) =>
        Encoding.UTF8.GetString(SymbolicLink.ReadTarget(root + path));

    /// <summary>The newest time of modification of anything in the tree, in Unix seconds.</summary>
    public long NewestModification() => Newest("");

    private long Newest(string path)
    {
        if (FileStatus.TryGet(root + path) is not { } status)
            return 0;
        var newest = status.ModifiedSeconds;
        if (status.Kind == FileKind.Directory)
        {
            foreach (var entry in List(path))
                newest = Math.Max(newest, Newest($"{path}/{entry.Name}"));
        }

        return newest;
    }

    private static TreeEntryKind KindOf(FileStatus status) =>
        status.Kind switch
        {
            FileKind.Directory => TreeEntryKind.Directory,
            FileKind.SymbolicLink => TreeEntryKind.SymbolicLink,
            FileKind.Regular when status.IsExecutable => TreeEntryKind.Executable,
            FileKind.Regular => TreeEntryKind.Regular,
            _ => TreeEntryKind.Other,
        };
}
