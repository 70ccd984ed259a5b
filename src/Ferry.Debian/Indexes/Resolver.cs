using Ferry.Debian.Locks;
using Ferry.Debian.Prefixes;

namespace Ferry.Debian.Indexes;

/// <summary>Finds all packages that some packages need.</summary>
public static class Resolver
{
    /// <param name="index">Of one architecture.</param>
    /// <param name="architecture">Of the index.</param>
    /// <param name="roots">Names of packages.</param>
    /// <param name="omit">Patterns of names that are never followed, such as documentation.</param>
    /// <returns>The roots and what they need, by name.</returns>
    /// <exception cref="DebianException">A root is not in the index, or something needs what nothing
    /// provides.</exception>
    public static SortedDictionary<string, LockedPackage> Resolve(
        PackagesIndex index,
        string architecture,
        IEnumerable<string> roots,
        IEnumerable<string> omit
    )
    {
        var patterns = omit.Select(text => new PathPattern(text)).ToArray();
        var found = new SortedDictionary<string, LockedPackage>(StringComparer.Ordinal);
        var waiting = new Queue<string>(roots);
        while (waiting.TryDequeue(out var name))
        {
            if (found.ContainsKey(name))
                continue;
            var package =
                index.Find(name)
                ?? throw new DebianException(
                    $"Debian has no package '{name}' for {architecture} any more"
                );
            var needs = Needs(index, package, patterns);
            found[name] = new()
            {
                Architecture = package.Architecture == architecture ? null : package.Architecture,
                Version = package.Version.Text,
                Filename = package.Filename,
                Size = package.Size,
                Sha256 = package.Sha256,
                Depends = needs,
            };
            foreach (var need in needs)
                waiting.Enqueue(need);
        }

        return found;
    }

    private static List<string> Needs(
        PackagesIndex index,
        IndexedPackage package,
        PathPattern[] omit
    )
    {
        var needs = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var alternatives in package.Dependencies)
        {
            var chosen =
                alternatives.Select(index.Find).FirstOrDefault(found => found is not null)
                ?? alternatives
                    .Select(index.FindOrProvider)
                    .FirstOrDefault(found => found is not null)
                ?? throw new DebianException(
                    $"'{package.Name}' needs '{string.Join(" | ", alternatives)}', which nothing provides"
                );
            if (!Array.Exists(omit, pattern => pattern.Matches(chosen.Name)))
                needs.Add(chosen.Name);
        }

        return [.. needs];
    }
}
