using Ferry.Fetching;
using Ferry.Fetching.Inputs;
using Ferry.Flakes.References;

namespace Ferry.Flakes.Locks;

/// <summary>What <c>flake.lock</c> says: a graph of locked inputs.</summary>
public sealed class LockFile
{
    public LockNode Root { get; } = new();

    /// <summary>The node at a path.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="FlakeException">Inputs follow each other in a circle.</exception>
    public LockNode? Find(InputPath path) => Find(path, []);

    /// <summary>Every input by its path, each node once.</summary>
    public SortedDictionary<InputPath, LockEdge> AllInputs()
    {
        var all = new SortedDictionary<InputPath, LockEdge>(InputPath.Order);
        var done = new HashSet<LockNode>(ReferenceEqualityComparer.Instance);
        Collect(InputPath.Root, Root);
        return all;

        void Collect(InputPath prefix, LockNode node)
        {
            if (!done.Add(node))
                return;
            foreach (var (name, edge) in node.Inputs)
            {
                var path = prefix.Below(name);
                all.TryAdd(path, edge);
                if (edge is LockEdge.To to)
                    Collect(path, to.Node);
            }
        }
    }

    /// <summary>The first input that could be another one next time; null when all are locked.</summary>
    public FlakeReference? FindUnlocked(FetchSettings settings) =>
        AllInputs()
            .Values.OfType<LockEdge.To>()
            .Select(edge => edge.Node.Locked)
            .FirstOrDefault(locked => !IsLocked(locked.Input, settings));

    /// <exception cref="FlakeException">An input follows one that is not there.</exception>
    public void Check()
    {
        foreach (var (path, edge) in AllInputs())
        {
            if (
                edge is LockEdge.Follows follows
                && !follows.Path.IsRoot
                && Find(follows.Path) is null
            )
                throw new FlakeException(
                    $"input '{path}' follows a non-existent input '{follows.Path}'"
                );
        }
    }

    private static bool IsLocked(FetchInput input, FetchSettings settings) =>
        input.RelativePath is not null
        || (
            input.IsFinal
            && (
                input.IsLocked(settings) || (settings.AllowsDirtyLocks && input.NarHash is not null)
            )
        );

    private LockNode? Find(InputPath path, List<InputPath> visited)
    {
        var start = visited.IndexOf(path);
        if (start >= 0)
            throw new FlakeException(
                $"follow cycle detected: [{string.Join(" -> ", visited.Skip(start).Append(path))}]"
            );
        visited.Add(path);
        var node = Root;
        foreach (var name in path.Names)
        {
            if (!node.Inputs.TryGetValue(name, out var edge))
                return null;
            if (edge is LockEdge.To to)
                node = to.Node;
            else if (Find(((LockEdge.Follows)edge).Path, visited) is { } target)
                node = target;
            else
                return null;
        }

        return node;
    }
}
