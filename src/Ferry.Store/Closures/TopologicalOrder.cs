namespace Ferry.Store.Closures;

/// <summary>Puts things that refer to each other into order.</summary>
public static class TopologicalOrder
{
    /// <summary>Orders items so that each comes before those it refers to. O(items + references), without recursion.</summary>
    /// <param name="items">In order; where references leave a choice, this order and that of the references decide, as in stock.</param>
    /// <param name="references">May name the item itself and things outside <paramref name="items"/>; both are passed over.</param>
    /// <param name="cycle">Makes the exception for an item that is reached again from its parent.</param>
    public static List<T> Sort<T>(
        IReadOnlySet<T> items,
        Func<T, IEnumerable<T>> references,
        Func<T, T, Exception> cycle
    )
        where T : notnull
    {
        var sorted = new List<T>(items.Count);
        var visited = new HashSet<T>();
        var parents = new HashSet<T>();
        var open = new Stack<(T Item, IEnumerator<T> References)>();
        foreach (var root in items)
        {
            Enter(root);
            while (open.TryPeek(out var current))
            {
                if (!current.References.MoveNext())
                {
                    open.Pop();
                    sorted.Add(current.Item);
                    parents.Remove(current.Item);
                    continue;
                }
                var next = current.References.Current;
                if (next.Equals(current.Item) || !items.Contains(next))
                    continue;
                if (parents.Contains(next))
                    throw cycle(next, current.Item);
                Enter(next);
            }
        }
        sorted.Reverse();
        return sorted;

        void Enter(T item)
        {
            if (!visited.Add(item))
                return;
            parents.Add(item);
            open.Push((item, references(item).GetEnumerator()));
        }
    }
}
