using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store;

namespace Ferry.Build.Goals;

/// <summary>The store paths that a derivation names as its inputs.</summary>
internal static class InputRoots
{
    /// <summary>Its sources, and the outputs of its input derivations.</summary>
    /// <exception cref="BuildException">An input derivation has no such output.</exception>
    public static IReadOnlyList<StorePath> Of(IStore store, BuildStep step)
    {
        var roots = new List<StorePath>(step.Derivation.InputSources);
        foreach (var (path, wanted) in step.Derivation.InputDerivations)
        {
            var outputs = store.QueryDerivationOutputs(path);
            foreach (var name in wanted)
                roots.Add(OutputOf(store, step, path, outputs, name));
        }

        return roots;
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
