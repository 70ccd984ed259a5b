using Ferry.Formats.StorePaths;

namespace Ferry.Store.Local.Collection;

/// <summary>A path as the graph knows it.</summary>
/// <param name="Path">Valid when the graph was read.</param>
/// <param name="References">Numbers of the paths that it refers to, itself left out.</param>
/// <param name="Deriver">The number of its deriver, where that is valid; else -1.</param>
/// <param name="Outputs">For a derivation: the numbers of its valid outputs.</param>
internal sealed record GraphNode(
    StorePath Path,
    IReadOnlyList<int> References,
    int Deriver,
    IReadOnlyList<int> Outputs
);

/// <summary>Every valid path and what refers to what, read at once: liveness then needs no further query.</summary>
/// <remarks>Owned by one collector, which guards it with its lock.</remarks>
internal sealed class StoreGraph
{
    private readonly IReadOnlyList<GraphNode> _nodes;
    private readonly Dictionary<StorePath, int> _numbers = [];
    private readonly Dictionary<string, int> _byDigest = new(StringComparer.Ordinal);
    private readonly List<int>[] _referrers;
    private readonly bool[] _isLive;
    private readonly CollectionOptions _options;

    public StoreGraph(IReadOnlyList<GraphNode> nodes, CollectionOptions options)
    {
        _nodes = nodes;
        _options = options;
        _isLive = new bool[nodes.Count];
        _referrers = new List<int>[nodes.Count];
        for (var number = 0; number < nodes.Count; number++)
        {
            _numbers[nodes[number].Path] = number;
            _byDigest[nodes[number].Path.Digest] = number;
            _referrers[number] = [];
        }

        for (var number = 0; number < nodes.Count; number++)
        {
            foreach (var reference in nodes[number].References)
                _referrers[reference].Add(number);
        }
    }

    public IEnumerable<StorePath> Live => Where(isLive: true);

    public IEnumerable<StorePath> Dead => Where(isLive: false);

    /// <summary>True for paths that the graph does not know: nobody may delete those.</summary>
    public bool IsLive(StorePath path) =>
        !_numbers.TryGetValue(path, out var number) || _isLive[number];

    /// <summary>Keeps a path and all that must live with it. O(what becomes live by it).</summary>
    public void Keep(StorePath path)
    {
        if (_numbers.TryGetValue(path, out var number))
            Keep(number);
    }

    /// <inheritdoc cref="Keep(StorePath)"/>
    public void KeepDigest(string digest)
    {
        if (_byDigest.TryGetValue(digest, out var number))
            Keep(number);
    }

    /// <summary>The paths that refer to a path directly.</summary>
    public IEnumerable<StorePath> Referrers(StorePath path) =>
        _numbers.TryGetValue(path, out var number)
            ? _referrers[number].Select(referrer => _nodes[referrer].Path)
            : [];

    /// <summary>Dead paths, each before those that it refers to.</summary>
    public IReadOnlyList<StorePath> DeadInOrder() => InOrder(Enumerable.Range(0, _nodes.Count));

    /// <summary>Those of the paths that are dead, each before those that it refers to.</summary>
    public IReadOnlyList<StorePath> DeadInOrder(IEnumerable<StorePath> paths) =>
        InOrder(paths.Where(_numbers.ContainsKey).Select(path => _numbers[path]));

    // A referrer of a dead path is dead; without recursion, since chains may be long.
    private List<StorePath> InOrder(IEnumerable<int> starts)
    {
        var order = new List<StorePath>();
        var seen = new bool[_nodes.Count];
        var pending = new Stack<(int Number, int Next)>();
        foreach (var start in starts)
        {
            if (seen[start] || _isLive[start])
                continue;
            seen[start] = true;
            pending.Push((start, 0));
            while (pending.TryPop(out var at))
            {
                var referrers = _referrers[at.Number];
                var next = at.Next;
                while (next < referrers.Count && seen[referrers[next]])
                    next++;
                if (next == referrers.Count)
                {
                    order.Add(_nodes[at.Number].Path);
                    continue;
                }

                seen[referrers[next]] = true;
                pending.Push((at.Number, next + 1));
                pending.Push((referrers[next], 0));
            }
        }

        return order;
    }

    private IEnumerable<StorePath> Where(bool isLive) =>
        _nodes.Where((_, number) => _isLive[number] == isLive).Select(node => node.Path).Order();

    private void Keep(int start)
    {
        var pending = new Stack<int>();
        void Mark(int number)
        {
            if (_isLive[number])
                return;
            _isLive[number] = true;
            pending.Push(number);
        }

        Mark(start);
        while (pending.TryPop(out var number))
        {
            var node = _nodes[number];
            foreach (var reference in node.References)
                Mark(reference);
            if (_options.KeepsDerivations && node.Deriver >= 0)
                Mark(node.Deriver);
            if (!_options.KeepsOutputs)
                continue;
            foreach (var output in node.Outputs)
                Mark(output);
        }
    }
}
