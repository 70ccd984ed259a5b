using System.Text;
using System.Text.RegularExpressions;
using Ferry.Formats.Versions;

namespace Ferry.Cli.Verbs.Flake;

/// <summary>Which packages a search finds: those that match all expressions and none of the excluded ones.</summary>
/// <param name="wanted">Each must match path, name or description.</param>
/// <param name="excluded">None may match any of them.</param>
internal sealed class PackageMatcher(IReadOnlyList<Regex> wanted, IReadOnlyList<Regex> excluded)
{
    /// <param name="path">The whole attribute path.</param>
    /// <param name="fullName">Name and version.</param>
    /// <param name="description">May be empty.</param>
    /// <returns>Null when the package is not meant.</returns>
    public PackageMatch? Match(string path, string fullName, string description)
    {
        var (length, start) = VersionText.SplitName(Encoding.UTF8.GetBytes(fullName));
        var bytes = Encoding.UTF8.GetBytes(fullName);
        var name = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        var version = Encoding.UTF8.GetString(bytes.AsSpan(start));
        description = description.Replace('\n', ' ');
        if (
            excluded.Any(regex =>
                regex.IsMatch(path) || regex.IsMatch(name) || regex.IsMatch(description)
            )
        )
            return null;

        var match = new PackageMatch(path, name, version, description);
        foreach (var regex in wanted)
        {
            var inPath = regex.Matches(path);
            var inDescription = regex.Matches(description);
            if (inPath.Count == 0 && inDescription.Count == 0 && !regex.IsMatch(name))
                return null;
            match.PathMatches.AddRange(inPath);
            match.DescriptionMatches.AddRange(inDescription);
        }

        return match;
    }
}

/// <param name="Path">The whole attribute path.</param>
/// <param name="Name">Without the version.</param>
/// <param name="Version">May be empty.</param>
/// <param name="Description">In one line; may be empty.</param>
internal sealed record PackageMatch(string Path, string Name, string Version, string Description)
{
    private const string Green = "\e[32;1m";
    private const string Strong = "\e[0;1m";
    private const string Plain = "\e[0m";

    public List<Match> PathMatches { get; } = [];

    public List<Match> DescriptionMatches { get; } = [];

    /// <summary>For a terminal, and with the same colours where there is none, as stock has it.</summary>
    public string Text()
    {
        var version = Version.Length > 0 ? $" ({Version})" : "";
        var text = $"* {Strong}{Marked(Path, PathMatches, Strong)}{Plain}{version}\n";
        return Description.Length == 0
            ? text
            : $"{text}  {Marked(Description, DescriptionMatches, Plain)}\n";
    }

    // Matches that touch are one.
    private static string Marked(string text, IEnumerable<Match> matches, string after)
    {
        var marked = new StringBuilder();
        var done = 0;
        var sorted = matches.OrderBy(match => match.Index).ToList();
        for (var index = 0; index < sorted.Count; )
        {
            var start = sorted[index].Index;
            var end = start + sorted[index].Length;
            while (++index < sorted.Count && sorted[index].Index <= end)
                end = Math.Max(end, sorted[index].Index + sorted[index].Length);
            marked.Append(text[done..start]).Append(Green).Append(text[start..end]).Append(after);
            done = end;
        }

        return marked.Append(text[done..]).ToString();
    }
}
