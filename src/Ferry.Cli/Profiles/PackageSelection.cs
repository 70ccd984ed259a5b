using Ferry.Builtins.Derivations;
using Ferry.Cli.Verbs;
using Ferry.Formats.Versions;

namespace Ferry.Cli.Profiles;

/// <summary>Chooses packages by what a person typed. On the evaluation thread.</summary>
/// <param name="system">This machine's, which is preferred.</param>
/// <param name="warn">Takes a warning, without the word.</param>
internal sealed class PackageSelection(string system, Action<string> warn)
{
    private const int SuggestionsMax = 3;

    /// <summary>The packages that selectors match, each once; without selectors all.</summary>
    /// <exception cref="CommandException">A selector matches nothing.</exception>
    public List<PackageInformation> Filter(
        IReadOnlyList<PackageInformation> packages,
        IReadOnlyList<string> selectors,
        bool newestOnly
    )
    {
        var chosen = new List<PackageInformation>();
        var known = new HashSet<PackageInformation>();
        IReadOnlyList<string> texts =
            selectors.Count > 0 ? selectors : [PackageSelector.Everything];
        foreach (var selector in texts.Select(text => new PackageSelector(text)))
        {
            var matches = packages.Where(package => selector.Matches(package.ParsedName)).ToList();
            if (matches.Count == 0 && selector.Text != PackageSelector.Everything)
                throw new CommandException(NoMatch(selector, packages));
            chosen.AddRange((newestOnly ? Newest(matches) : matches).Where(known.Add));
        }

        return chosen;
    }

    /// <summary>Larger is better.</summary>
    public static int ComparePriorities(PackageInformation left, PackageInformation right) =>
        Priority(right).CompareTo(Priority(left));

    private static long Priority(PackageInformation package) =>
        package.MetaNumber("priority", absent: 0);

    private static string NoMatch(
        PackageSelector selector,
        IReadOnlyList<PackageInformation> packages
    )
    {
        var near = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in packages.Select(package => package.ParsedName.Name))
        {
            if (name.StartsWith(selector.Name, StringComparison.Ordinal))
                near.Add(name);
            if (near.Count >= SuggestionsMax)
                break;
        }

        var message = $"selector '{selector.Text}' matches no derivations";
        return near.Count == 0
            ? message
            : $"{message}, maybe you meant:\n{string.Join('\n', near)}";
    }

    // Of several with one name: that of this system, then the highest priority, then the newest, then the first.
    private IEnumerable<PackageInformation> Newest(List<PackageInformation> matches)
    {
        var newest = new SortedDictionary<string, PackageInformation>(StringComparer.Ordinal);
        var ambiguous = new HashSet<string>(StringComparer.Ordinal);
        foreach (var package in matches)
        {
            var name = package.ParsedName;
            var order = newest.TryGetValue(name.Name, out var other) ? Compare(package, other) : 1;
            if (order > 0)
            {
                newest[name.Name] = package;
                ambiguous.Remove(name.FullName);
            }
            else if (order == 0)
                ambiguous.Add(name.FullName);
        }

        foreach (var name in newest.Keys.Where(ambiguous.Contains))
            warn($"there are multiple derivations named '{name}'; using the first one");
        return newest.Values;
    }

    private int Compare(PackageInformation one, PackageInformation other)
    {
        if (one.System != other.System && (one.System == system || other.System == system))
            return one.System == system ? 1 : -1;
        var order = ComparePriorities(one, other);
        return order != 0
            ? order
            : PackageName.CompareVersions(one.ParsedName.Version, other.ParsedName.Version);
    }
}
