using Ferry.Formats.StorePaths;
using Ferry.Store.Local.Collection;

namespace Ferry.Store.Local.Database;

internal sealed partial class StoreDatabase
{
    /// <summary>Every valid path with what it needs, at one moment. O(store), by three queries.</summary>
    public IReadOnlyList<GraphNode> QueryGraph() =>
        Locked(() =>
        {
            // One transaction: the queries see the same paths.
            _connection.Execute("begin");
            try
            {
                return ReadGraph();
            }
            finally
            {
                _connection.RollBack();
            }
        });

    private List<GraphNode> ReadGraph()
    {
        var paths = new List<(StorePath Path, string? Deriver)>();
        var numberOfRow = new Dictionary<long, int>();
        var numberOfPath = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = Start("AllPathsWithDerivers");
        while (rows.Next())
        {
            numberOfRow[rows.Integer(0)] = paths.Count;
            numberOfPath[rows.Text(1)!] = paths.Count;
            paths.Add((_directory.Parse(rows.Text(1)!), rows.Text(2)));
        }

        var references = new List<int>?[paths.Count];
        rows = Start("AllReferences");
        while (rows.Next())
            (references[numberOfRow[rows.Integer(0)]] ??= []).Add(numberOfRow[rows.Integer(1)]);

        var outputs = new List<int>?[paths.Count];
        rows = Start("AllDerivationOutputs");
        while (rows.Next())
        {
            if (numberOfPath.TryGetValue(rows.Text(1)!, out var output))
                (outputs[numberOfRow[rows.Integer(0)]] ??= []).Add(output);
        }

        return
        [
            .. paths.Select(
                (path, number) =>
                    new GraphNode(
                        path.Path,
                        references[number] ?? [],
                        DeriverOf(number),
                        outputs[number] ?? []
                    )
            ),
        ];

        // A deriver that does not list the path, as of one that was copied here, is not kept by it.
        int DeriverOf(int number) =>
            paths[number].Deriver is { } deriver
            && numberOfPath.TryGetValue(deriver, out var found)
            && outputs[found]?.Contains(number) == true
                ? found
                : -1;
    }
}
