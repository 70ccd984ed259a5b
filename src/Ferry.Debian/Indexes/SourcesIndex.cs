using System.Globalization;
using System.Text.RegularExpressions;

namespace Ferry.Debian.Indexes;

/// <summary>Source packages of a suite: for those that are asked for, upstream's archive of the newest version.</summary>
/// <remarks>Source: deb822(5); Debian repository format, "Sources" indices.</remarks>
public sealed partial class SourcesIndex(IReadOnlySet<string> wanted)
{
    private const string Hashes = "Checksums-Sha256";

    private readonly Dictionary<string, IndexedSource> _sources = [];
    private readonly Dictionary<string, string> _paragraph = [];
    private readonly List<string> _hashes = [];
    private bool _isHashes;

    /// <summary>Null when the suite has no package of this name.</summary>
    public IndexedSource? Find(string name) => _sources.GetValueOrDefault(name);

    /// <summary>Takes the next line, without its line feed.</summary>
    /// <exception cref="DebianException">It ends a paragraph that is broken.</exception>
    public void Add(string line)
    {
        if (line.Length == 0)
        {
            Finish();
            return;
        }

        if (line[0] is ' ' or '\t')
        {
            if (_isHashes)
                _hashes.Add(line);
            return;
        }

        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            throw new DebianException($"the index has a line that is no field: '{line}'");
        _isHashes = line.AsSpan(0, colon).SequenceEqual(Hashes);
        _paragraph[line[..colon]] = line[(colon + 1)..].Trim();
    }

    /// <summary>Ends the last paragraph.</summary>
    /// <exception cref="DebianException">It is broken.</exception>
    public void Finish()
    {
        if (
            _paragraph.TryGetValue("Package", out var name)
            && wanted.Contains(name)
            // Kept for the licence's sake of a package that was built from it; no version of the suite.
            && _paragraph.GetValueOrDefault("Extra-Source-Only") != "yes"
        )
            Take(name);
        _paragraph.Clear();
        _hashes.Clear();
        _isHashes = false;
    }

    private void Take(string name)
    {
        var version = DebianVersion.Parse(Field(name, "Version"));
        if (_sources.TryGetValue(name, out var other) && other.Version.CompareWith(version) >= 0)
            return;
        var directory = Field(name, "Directory");
        var files = _hashes.Select(line => File(name, directory, line)).ToList();
        var archive =
            files.Find(file => UpstreamArchive().IsMatch(file.Filename))
            // A package that Debian itself writes has one archive, of everything.
            ?? files.Find(file => OwnArchive().IsMatch(file.Filename))
            ?? throw new DebianException($"the index names no archive of '{name}'");
        _sources[name] = archive with { Version = version };
    }

    private static IndexedSource File(string name, string directory, string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var hash, var size, var file]
        && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? new()
            {
                Name = name,
                Version = DebianVersion.Parse(""),
                Filename = $"{directory}/{file}",
                Size = bytes,
                Sha256 = hash,
            }
            : throw new DebianException($"the index has a broken line for '{name}': '{line}'");

    private string Field(string package, string name) =>
        _paragraph.GetValueOrDefault(name)
        ?? throw new DebianException($"the index describes '{package}' without '{name}'");

    [GeneratedRegex(@"\.orig\.tar\.[a-z0-9]+$")]
    private static partial Regex UpstreamArchive();

    [GeneratedRegex(@"_[^/_-]*\.tar\.[a-z0-9]+$")]
    private static partial Regex OwnArchive();
}

/// <summary>A source package, down to upstream's archive.</summary>
public sealed record IndexedSource
{
    public required string Name { get; init; }

    public required DebianVersion Version { get; init; }

    /// <summary>Below the mirror's root.</summary>
    public required string Filename { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required string Sha256 { get; init; }
}
