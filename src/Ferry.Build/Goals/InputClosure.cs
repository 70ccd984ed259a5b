using System.Collections.Immutable;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Closures;

namespace Ferry.Build.Goals;

/// <summary>Follows references from store paths to everything they need.</summary>
internal static class InputClosure
{
    /// <summary>The inputs of a derivation, outputs of its input derivations included, and their closure.</summary>
    /// <exception cref="BuildException">An input derivation has no such output.</exception>
    /// <exception cref="StoreException">An input is not valid.</exception>
    public static ImmutableSortedSet<StorePath> OfInputs(IStore store, BuildStep step)
    {
        var roots = new List<StorePath>(step.Derivation.InputSources);
        foreach (var (path, wanted) in step.Derivation.InputDerivations)
        {
            var outputs = store.QueryDerivationOutputs(path);
            foreach (var name in wanted)
                roots.Add(OutputOf(store, step, path, outputs, name));
        }

        return store.Closure(roots, ClosureOptions.References);
    }

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
