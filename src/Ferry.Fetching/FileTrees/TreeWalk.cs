using System.Text;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;
using Ferry.Store.FileTrees;

namespace Ferry.Fetching.FileTrees;

/// <summary>Hands a tree on in NAR order: hashing, copying into a store.</summary>
public static class TreeWalk
{
    /// <exception cref="FetchException">Something is neither file, directory nor link.</exception>
    public static void Write(IFileTree tree, INarTarget target) =>
        Write(
            tree,
            "",
            tree.Kind("") ?? throw new FetchException("the fetched tree is empty"),
            target
        );

    /// <summary>SHA-256 and size of the tree's NAR.</summary>
    public static NarIdentity Identify(IFileTree tree) =>
        NarIdentity.Of(target => Write(tree, target), HashKind.Sha256);

    private static void Write(IFileTree tree, string path, TreeEntryKind kind, INarTarget target)
    {
        switch (kind)
        {
            case TreeEntryKind.Regular:
            case TreeEntryKind.Executable:
                var contents = tree.Read(path);
                target.BeginFile(kind == TreeEntryKind.Executable, contents.Length);
                target.FileContents(contents);
                target.EndFile();
                break;
            case TreeEntryKind.SymbolicLink:
                target.SymbolicLink(Encoding.UTF8.GetBytes(tree.ReadLink(path)));
                break;
            case TreeEntryKind.Directory:
                target.BeginDirectory();
                foreach (var (name, entry) in Sorted(tree.List(path)))
                {
                    target.BeginEntry(name);
                    Write(tree, $"{path}/{entry.Name}", entry.Kind, target);
                    target.EndEntry();
                }

                target.EndDirectory();
                break;
            default:
                throw new FetchException($"file '{path}' has an unsupported type");
        }
    }

    private static List<(byte[] Name, TreeEntry Entry)> Sorted(IReadOnlyList<TreeEntry> entries)
    {
        var sorted = entries.Select(entry => (Encoding.UTF8.GetBytes(entry.Name), entry)).ToList();
        sorted.Sort((left, right) => left.Item1.AsSpan().SequenceCompareTo(right.Item1));
        return sorted;
    }
}
