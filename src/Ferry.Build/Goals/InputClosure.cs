using System.Collections.Immutable;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store;

namespace Ferry.Build.Goals;

/// <summary>Follows references from store paths to everything they need.</summary>
internal static class InputClosure
{
    /// <summary>The inputs of a derivation, outputs of its input derivations included, and their closure.</summary>
    /// <exception cref="BuildException">An input is not valid, or an input derivation has no such output.</exception>
    public static ImmutableSortedSet<StorePath> OfInputs(IStore store, BuildStep step)
    {
        var roots = new List<StorePath>(step.Derivation.InputSources);
        foreach (var (path, wanted) in step.Derivation.InputDerivations)
        {
            var outputs = store.QueryDerivationOutputs(path);
            foreach (var name in wanted)
                roots.Add(OutputOf(store, step, path, outputs, name));
        }

        return Of(store, roots);
    }

    /// <returns><paramref name="roots"/> and all they refer to. O(paths + references), one query a path.</returns>
    /// <exception cref="BuildException">A path is not valid.</exception>
    public static ImmutableSortedSet<StorePath> Of(IStore store, IEnumerable<StorePath> roots)
    {
        var seen = new HashSet<StorePath>();
        var pending = new Stack<StorePath>(roots);
        while (pending.TryPop(out var path))
        {
            if (!seen.Add(path))
                continue;
            foreach (var reference in Info(store, path).References)
                pending.Push(reference);
        }

        return [.. seen];
    }

    /// <exception cref="BuildException">The path is not valid.</exception>
    public static PathInfo Info(IStore store, StorePath path) =>
        store.QueryInfo(path)
        ?? throw BuildException.General($"path '{store.Directory.Format(path)}' is not valid");

    private static StorePath OutputOf(
        IStore store,
        BuildStep step,
        StorePath input,
        SortedMap<ByteString, StorePath?> outputs,
        ByteString name
    ) =>
        outputs.TryGetValue(name, out var path) && path is not null
            ? path
            : throw BuildException.General(
                $"derivation '{store.Directory.Format(step.Path)}' requires non-existent output "
                    + $"'{name}' from input derivation '{store.Directory.Format(input)}'"
            );
}
