using System.Text;
using Ferry.Fetching.FileTrees;

namespace Ferry.Fetching.Git;

/// <summary>The tracked files of a working tree as they are now, found by the index; others are as good as not there.</summary>
internal sealed class GitIndexTree(string folder, GitIndexFile index) : IFileTree
{
    private readonly DiskFileTree _disk = new(folder);

    public TreeEntryKind? Kind(string path)
    {
        if (path.Length == 0)
            return TreeEntryKind.Directory;
        var name = NameOf(path);
        var found = index.Find(name);
        if (found >= 0)
            return index.EntryAt(found).IsSubmodule ? null : KindOfFile(path);
        return HasFileBelow([.. name, (byte)'/'], ~found) ? TreeEntryKind.Directory : null;
    }

    public byte[] Read(string path) => _disk.Read(path);

    public IReadOnlyList<TreeEntry> List(string path)
    {
        var prefix = path.Length == 0 ? [] : new List<byte>(NameOf(path)) { (byte)'/' }.ToArray();
        var entries = new List<TreeEntry>();
        var at = index.Find(prefix);
        for (at = at < 0 ? ~at : at; at < index.Count; )
        {
            var name = index.NameAt(at);
            if (!name.StartsWith(prefix))
                break;
            var rest = name[prefix.Length..];
            var slash = rest.IndexOf((byte)'/');
            var entry = Encoding.UTF8.GetString(slash < 0 ? rest : rest[..slash]);
            if (Kind($"{path}/{entry}") is { } kind)
                entries.Add(new(entry, kind));
            // Past everything below: no byte of a name lies between a slash and its successor.
            at = slash < 0 ? at + 1 : After([.. name[..(prefix.Length + slash)], (byte)('/' + 1)]);
        }

        return entries;
    }

    public string ReadLink(string path) => _disk.ReadLink(path);

    public string? Folder => folder;

    public string? ExplainAbsence(string path) =>
        GitWorkingFiles.ExplainAbsence(folder, _disk, path);

    private int After(ReadOnlySpan<byte> name)
    {
        var at = index.Find(name);
        return at < 0 ? ~at : at;
    }

    // A folder whose files have all been deleted is gone.
    private bool HasFileBelow(ReadOnlySpan<byte> prefix, int at)
    {
        for (at = After(prefix); at < index.Count; at++)
        {
            var name = index.NameAt(at);
            if (!name.StartsWith(prefix))
                return false;
            if (
                !index.EntryAt(at).IsSubmodule
                && KindOfFile("/" + Encoding.UTF8.GetString(name)) is not null
            )
                return true;
        }

        return false;
    }

    // A folder in the place of a file is not what git tracks.
    private TreeEntryKind? KindOfFile(string path) =>
        _disk.Kind(path) is var kind && kind != TreeEntryKind.Directory ? kind : null;

    private static byte[] NameOf(string path) => Encoding.UTF8.GetBytes(path, 1, path.Length - 1);
}
