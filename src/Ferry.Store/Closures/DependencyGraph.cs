using Ferry.Formats.StorePaths;

namespace Ferry.Store.Closures;

/// <summary>The part of a closure through which a path gets to another one.</summary>
/// <remarks>Making it costs O(closure); it asks the store for each path once.</remarks>
public sealed class DependencyGraph
{
    private readonly Dictionary<StorePath, IReadOnlyCollection<StorePath>> _references = [];
    private readonly Dictionary<StorePath, int> _distances = [];

    /// <exception cref="StoreException">A path of the closure is not valid.</exception>
    public DependencyGraph(IStore store, StorePath from, StorePath to)
    {
        var referrers = new Dictionary<StorePath, List<StorePath>>();
        foreach (var path in store.Closure([from], ClosureOptions.References))
        {
            var references = store.RequireInfo(path).References;
            _references[path] = references;
            foreach (var reference in references)
            {
                if (!referrers.TryGetValue(reference, out var known))
                    referrers[reference] = known = [];
                known.Add(path);
            }
        }

        if (!_references.ContainsKey(to))
            return;
        var waiting = new Queue<StorePath>([to]);
        _distances[to] = 0;
        while (waiting.TryDequeue(out var path))
        {
            foreach (var referrer in referrers.GetValueOrDefault(path, []))
            {
                if (_distances.TryAdd(referrer, _distances[path] + 1))
                    waiting.Enqueue(referrer);
            }
        }
    }

    /// <summary>False when the closure does not have the other path at all.</summary>
    public bool IsConnected => _distances.Count > 0;

    /// <summary>References of a path that lead on, those with the shortest way first, equal ones in order.</summary>
    public IReadOnlyList<StorePath> Steps(StorePath path) =>
        [
            .. _references[path]
                .Where(_distances.ContainsKey)
                .OrderBy(next => _distances[next])
                .ThenBy(next => next),
        ];
}
