using System.Collections.Immutable;
using Ferry.Formats.StorePaths;

namespace Ferry.Store.Closures;

/// <summary>Which edges a closure follows.</summary>
public sealed record ClosureOptions
{
    public static readonly ClosureOptions References = new();

    public static readonly ClosureOptions Referrers = new() { FollowsReferrers = true };

    /// <summary>Goes from a path to those that refer to it, instead of to those it refers to.</summary>
    public bool FollowsReferrers { get; init; }

    /// <summary>From a derivation also to its valid outputs (with referrers: from an output to its valid derivations).</summary>
    public bool IncludesOutputs { get; init; }

    /// <summary>From a path also to its valid deriver (with referrers: from a derivation to its valid outputs).</summary>
    public bool IncludesDerivers { get; init; }
}

/// <summary>Closures and orders over the reference graph of a store.</summary>
public static class StoreClosures
{
    /// <summary>Everything reachable from the roots, roots included.</summary>
    /// <exception cref="StoreException">A path on the way is not valid.</exception>
    public static ImmutableSortedSet<StorePath> Closure(
        this IStore store,
        IEnumerable<StorePath> roots,
        ClosureOptions options
    )
    {
        var found = new HashSet<StorePath>();
        var pending = new Stack<StorePath>(roots);
        while (pending.TryPop(out var path))
        {
            if (!found.Add(path))
                continue;
            foreach (var next in Edges(store, path, options))
                pending.Push(next);
        }
        return [.. found];
    }

    /// <summary>What is known of a path that must be valid.</summary>
    /// <exception cref="StoreException">It is not.</exception>
    public static PathInfo RequireInfo(this IStore store, StorePath path) =>
        store.QueryInfo(path)
        ?? throw new StoreException($"path '{store.Directory.Format(path)}' is not valid");

    /// <summary>Orders paths so that each comes before those it refers to; paths that are not valid count as without references.</summary>
    /// <exception cref="StoreException">They refer to each other in a circle.</exception>
    public static List<StorePath> SortTopologically(
        this IStore store,
        IReadOnlySet<StorePath> paths
    ) =>
        TopologicalOrder.Sort(
            paths,
            path => store.QueryInfo(path)?.References ?? [],
            (path, parent) => Cycle(store.Directory, path, parent)
        );

    internal static StoreException Cycle(
        StoreDirectory directory,
        StorePath path,
        StorePath parent
    ) =>
        new(
            $"cycle detected in the references of '{directory.Format(path)}' from '{directory.Format(parent)}'"
        );

    private static IEnumerable<StorePath> Edges(
        IStore store,
        StorePath path,
        ClosureOptions options
    )
    {
        var info = store.RequireInfo(path);
        var edges = new List<StorePath>();
        if (options.FollowsReferrers)
        {
            edges.AddRange(store.QueryReferrers(path));
            if (options.IncludesOutputs)
                edges.AddRange(store.QueryValidDerivers(path));
            if (options.IncludesDerivers)
                edges.AddRange(ValidOutputs(store, path));
            return edges;
        }
        edges.AddRange(info.References);
        if (options.IncludesOutputs)
            edges.AddRange(ValidOutputs(store, path));
        if (options.IncludesDerivers && info.Deriver is { } deriver && store.IsValid(deriver))
            edges.Add(deriver);
        return edges;
    }

    private static IEnumerable<StorePath> ValidOutputs(IStore store, StorePath path) =>
        path.IsDerivation
            ? store
                .QueryDerivationOutputs(path)
                .Values.OfType<StorePath>()
                .Where(output => store.IsValid(output))
            : [];
}
