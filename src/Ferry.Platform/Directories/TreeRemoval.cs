using Ferry.Platform.Files;

namespace Ferry.Platform.Directories;

/// <summary>Removes file trees, such as store objects, whose directories cannot be written to as they are.</summary>
/// <remarks>
/// Builds can leave trees deeper than any stack and any number of open files. So the walk goes down only so far; what is
/// deeper is renamed to the top of the tree and done from there.
/// </remarks>
internal sealed class TreeRemoval
{
    private const int OwnerAll = 0x1c0;
    private const int DepthMax = 100;

    private readonly Queue<byte[]> _lifted = new();
    private DirectoryHandle? _top;
    private long _freed;
    private int _liftedCount;

    public static long Remove(DirectoryHandle parent, ReadOnlySpan<byte> name)
    {
        if (parent.TryStatus(name) is not { } status)
            return 0;
        var deletion = new TreeRemoval();
        deletion.Node(parent, name, status, depth: 0);
        return deletion._freed;
    }

    private void Node(DirectoryHandle parent, ReadOnlySpan<byte> name, FileStatus status, int depth)
    {
        if (status.Kind != FileKind.Directory)
        {
            parent.DeleteFile(name);
            // A file that has other names keeps its blocks.
            _freed += status.LinkCount <= 1 ? status.AllocatedBytes : 0;
            return;
        }
        if ((status.Mode & OwnerAll) != OwnerAll)
            parent.SetPermissions(name, status.Mode | OwnerAll);
        if (depth >= DepthMax)
        {
            Lift(parent, name);
            return;
        }
        using (var directory = parent.OpenDirectory(name))
        {
            _top ??= directory;
            foreach (var entry in directory.List())
                Node(directory, entry.Name, directory.Status(entry.Name), depth + 1);
            while (depth == 0 && _lifted.TryDequeue(out var lifted))
                Node(directory, lifted, directory.Status(lifted), depth: 1);
        }
        parent.DeleteDirectory(name);
        _freed += status.AllocatedBytes;
    }

    private void Lift(DirectoryHandle parent, ReadOnlySpan<byte> name)
    {
        byte[] liftedName;
        do
        {
            liftedName = System.Text.Encoding.ASCII.GetBytes($"lifted-{_liftedCount++}");
        } while (_top!.TryStatus(liftedName) is not null);
        parent.Rename(name, _top, liftedName);
        _lifted.Enqueue(liftedName);
    }
}
