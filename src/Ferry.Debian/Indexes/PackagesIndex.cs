using System.Globalization;

namespace Ferry.Debian.Indexes;

/// <summary>The packages of one architecture. Built from the lines of a Packages file.</summary>
/// <remarks>Paragraphs of "Name: value" lines, ended by an empty line. Source: deb822(5), Debian repository
/// format.</remarks>
public sealed class PackagesIndex
{
    private readonly Dictionary<string, IndexedPackage> _packages = [];
    private readonly Dictionary<string, SortedSet<string>> _providers = [];
    private readonly Dictionary<string, string> _paragraph = [];

    public int Count => _packages.Count;

    /// <summary>Builds an index from all lines of a file.</summary>
    /// <exception cref="DebianException">A paragraph lacks a field or has a broken one.</exception>
    public static PackagesIndex Parse(IEnumerable<string> lines)
    {
        var index = new PackagesIndex();
        foreach (var line in lines)
            index.Add(line);
        index.Finish();
        return index;
    }

    /// <summary>Takes the next line, without its line feed.</summary>
    /// <exception cref="DebianException">It ends a paragraph that is broken.</exception>
    public void Add(string line)
    {
        if (line.Length == 0)
        {
            Finish();
            return;
        }

        // Continuation lines belong to descriptions, which nobody here reads.
        if (line[0] is ' ' or '\t')
            return;
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            throw new DebianException($"the index has a line that is no field: '{line}'");
        _paragraph[line[..colon]] = line[(colon + 1)..].Trim();
    }

    /// <summary>Ends the last paragraph.</summary>
    /// <exception cref="DebianException">It is broken.</exception>
    public void Finish()
    {
        if (_paragraph.Count == 0)
            return;
        var package = ReadParagraph();
        _paragraph.Clear();
        if (
            _packages.TryGetValue(package.Name, out var other)
            && other.Version.CompareWith(package.Version) >= 0
        )
            return;

        _packages[package.Name] = package;
        foreach (var name in package.Provides)
        {
            if (!_providers.TryGetValue(name, out var providers))
                _providers[name] = providers = new(StringComparer.Ordinal);
            providers.Add(package.Name);
        }
    }

    /// <summary>The newest package of this very name.</summary>
    public IndexedPackage? Find(string name) => _packages.GetValueOrDefault(name);

    /// <summary>A package of this name, else the first by name of those that provide it.</summary>
    public IndexedPackage? FindOrProvider(string name) =>
        Find(name)
        ?? (_providers.TryGetValue(name, out var providers) ? Find(providers.Min!) : null);

    private IndexedPackage ReadParagraph()
    {
        var size = Field("Size");
        return new()
        {
            Name = Field("Package"),
            Version = DebianVersion.Parse(Field("Version")),
            Architecture = Field("Architecture"),
            Filename = Field("Filename"),
            Size = long.TryParse(
                size,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number
                : throw new DebianException($"the index gives the size '{size}'"),
            Sha256 = Field("SHA256"),
            Dependencies = [.. Relations("Pre-Depends"), .. Relations("Depends")],
            Provides = [.. Relations("Provides").Select(alternatives => alternatives[0])],
        };
    }

    private string Field(string name) =>
        _paragraph.GetValueOrDefault(name)
        ?? throw new DebianException(
            $"the index describes '{_paragraph.GetValueOrDefault("Package", "?")}' without the field '{name}'"
        );

    // "a (>= 1) | b:any, c" — versions are not looked at: one suite is consistent in itself.
    private IEnumerable<IReadOnlyList<string>> Relations(string field) =>
        _paragraph.TryGetValue(field, out var text)
            ? text.Split(
                    ',',
                    StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                )
                .Select(relation =>
                    (IReadOnlyList<string>)
                        [.. relation.Split('|', StringSplitOptions.TrimEntries).Select(NameOf)]
                )
            : [];

    private static string NameOf(string alternative)
    {
        var end = alternative.AsSpan().IndexOfAny(" (:[<");
        return end < 0 ? alternative : alternative[..end];
    }
}
