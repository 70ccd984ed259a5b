namespace Ferry.Fetching.FileTrees;

/// <summary>A tree whose shape is in memory; the contents of its files come from elsewhere.</summary>
/// <typeparam name="TContent">What names a file's content: a place in an archive, an object of a repository.</typeparam>
/// <remarks>Filled by one thread, then only read.</remarks>
public abstract class IndexedTree<TContent> : IFileTree
{
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);

    /// <param name="Kind">Of the entry.</param>
    /// <param name="Content">Of a file, or the target of a link.</param>
    /// <param name="Children">Names in a directory; null for others.</param>
    private sealed record Node(TreeEntryKind Kind, TContent Content, HashSet<string>? Children);

    public TreeEntryKind? Kind(string path) =>
        _nodes.TryGetValue(path, out var node) ? node.Kind : null;

    public byte[] Read(string path) => ReadContent(_nodes[path].Content);

    public IReadOnlyList<TreeEntry> List(string path) =>
        [
            .. _nodes[path]
                .Children!.Select(name => new TreeEntry(name, _nodes[$"{path}/{name}"].Kind)),
        ];

    public string ReadLink(string path) => ReadTarget(_nodes[path].Content);

    /// <summary>A file is replaced by a later one, as tar has it; directories above are made.</summary>
    /// <exception cref="FetchException">A file stands where a directory must be, or the other way round.</exception>
    protected void Add(string path, TreeEntryKind kind, TContent content)
    {
        if (path.Length > 0)
            AddToParent(path);
        if (_nodes.TryGetValue(path, out var known))
        {
            if (known.Kind == TreeEntryKind.Directory && kind == TreeEntryKind.Directory)
                return;
            if (known.Kind == TreeEntryKind.Directory || kind == TreeEntryKind.Directory)
                throw new FetchException($"'{path}' is both a directory and a file");
        }

        _nodes[path] = new(kind, content, kind == TreeEntryKind.Directory ? [] : null);
    }

    protected bool TryGet(string path, out TreeEntryKind kind, out TContent content)
    {
        var isKnown = _nodes.TryGetValue(path, out var node);
        (kind, content) = isKnown ? (node!.Kind, node.Content) : default;
        return isKnown;
    }

    protected abstract byte[] ReadContent(TContent content);

    protected abstract string ReadTarget(TContent content);

    private void AddToParent(string path)
    {
        var slash = path.LastIndexOf('/');
        var parent = path[..slash];
        if (!_nodes.TryGetValue(parent, out var node))
        {
            Add(parent, TreeEntryKind.Directory, default!);
            node = _nodes[parent];
        }

        if (node.Children is null)
            throw new FetchException($"'{parent}' is both a directory and a file");
        node.Children.Add(path[(slash + 1)..]);
    }
}
