using System.Text;
using Ferry.Formats.StorePaths;
using Ferry.Formats.Versions;

namespace Ferry.Store.Closures;

/// <summary>What a package has become between two closures.</summary>
/// <param name="Name">Without version and output.</param>
/// <param name="Removed">Versions that only the first closure has; empty for a name without a version.</param>
/// <param name="Added">Versions that only the second closure has.</param>
/// <param name="Growth">Bytes of NAR, negative when it shrank.</param>
public sealed record ClosureDifference(
    string Name,
    IReadOnlyList<string> Removed,
    IReadOnlyList<string> Added,
    long Growth
)
{
    // What is less is noise.
    private const long GrowthShownFrom = 8 * 1024;

    public bool ShowsGrowth => Math.Abs(Growth) >= GrowthShownFrom;

    public bool HasVersions => Removed.Count > 0 || Added.Count > 0;

    /// <summary>The packages that have changed, by name.</summary>
    /// <exception cref="StoreException">A path of a closure is not valid.</exception>
    public static IEnumerable<ClosureDifference> Between(
        IStore store,
        StorePath before,
        StorePath after
    )
    {
        var (old, now) = (Packages(store, before), Packages(store, after));
        foreach (var name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var (oldOnes, newOnes) = (
                old.GetValueOrDefault(name, []),
                now.GetValueOrDefault(name, [])
            );
            var difference = new ClosureDifference(
                name,
                [.. oldOnes.Keys.Except(newOnes.Keys)],
                [.. newOnes.Keys.Except(oldOnes.Keys)],
                newOnes.Values.Sum() - oldOnes.Values.Sum()
            );
            if (difference.HasVersions || difference.ShowsGrowth)
                yield return difference;
        }
    }

    // Bytes by version, versions in order.
    private static Dictionary<string, SortedDictionary<string, long>> Packages(
        IStore store,
        StorePath root
    )
    {
        var packages = new Dictionary<string, SortedDictionary<string, long>>(
            StringComparer.Ordinal
        );
        foreach (var path in store.Closure([root], ClosureOptions.References))
        {
            var (name, version) = Split(path.Name);
            if (!packages.TryGetValue(name, out var versions))
                packages[name] = versions = new(StringComparer.Ordinal);
            versions[version] =
                versions.GetValueOrDefault(version) + store.RequireInfo(path).NarSize;
        }

        return packages;
    }

    // An output's name cannot be told from a last part of a version such as "unstable".
    private static (string Name, string Version) Split(string text)
    {
        var dash = text.LastIndexOf('-');
        if (dash >= 0 && IsOutputName(text[(dash + 1)..]))
            text = text[..dash];
        var (length, start) = VersionText.SplitName(Encoding.UTF8.GetBytes(text));
        return (text[..length], text[start..]);
    }

    private static bool IsOutputName(string text) =>
        text is "lib32" or "lib64" || (text.Length > 0 && text.All(char.IsAsciiLetterLower));
}
