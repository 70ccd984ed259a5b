using Ferry.Formats.StorePaths;
using Ferry.Platform.Sandbox;
using Ferry.Store;
using Ferry.Store.Closures;

namespace Ferry.Build.Sandbox;

/// <summary>What the setting <c>sandbox-paths</c> adds to the root of a build.</summary>
/// <remarks>Source: Nix manual, "sandbox-paths"; as stock, they keep the host's permissions and submounts.</remarks>
internal static class SandboxPathBinds
{
    /// <param name="paths">As set.</param>
    /// <param name="store">Sources may lie in it.</param>
    /// <param name="present">Paths of the store that the sandbox has, or must not have, anyhow.</param>
    public static IEnumerable<SandboxBind> Of(
        IReadOnlyList<SandboxPath> paths,
        IStore store,
        IReadOnlySet<StorePath> present
    )
    {
        var added = new HashSet<StorePath>(present);
        foreach (var path in paths)
        {
            if (!store.Directory.Contains(path.Source))
            {
                yield return Bind(path, path.Source);
                continue;
            }

            var (root, below) = store.Directory.Split(path.Source);
            if (!store.IsValid(root))
            {
                yield return Bind(path, store.RealPath(root) + below);
                continue;
            }

            foreach (var needed in store.Closure([root], ClosureOptions.References))
            {
                if (added.Add(needed))
                    yield return new(store.RealPath(needed), store.Directory.Format(needed));
            }

            // Seen under its own name already when that is all that was asked for.
            if (path.Target != store.Directory.Format(root))
                yield return Bind(path, store.RealPath(root) + below);
        }
    }

    private static SandboxBind Bind(SandboxPath path, string source) =>
        new(source, path.Target, SandboxAccess.AsOnHost, path.IsOptional);
}
