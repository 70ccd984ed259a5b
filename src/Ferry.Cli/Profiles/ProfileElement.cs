using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Flakes.References;
using Ferry.Formats.StorePaths;
using Ferry.Formats.Versions;

namespace Ferry.Cli.Profiles;

/// <summary>Where a package of a profile came from, so that it can be upgraded.</summary>
/// <param name="Original">The flake as a person named it.</param>
/// <param name="Locked">The flake as it was then.</param>
/// <param name="AttributePath">Whole, such as <c>packages.x86_64-linux.default</c>.</param>
/// <param name="Outputs">As asked for.</param>
internal sealed record ProfileSource(
    FlakeReference Original,
    FlakeReference Locked,
    string AttributePath,
    OutputSelection Outputs
)
{
    public override string ToString() => $"{Original}#{AttributePath}{Outputs.Suffix}";
}

/// <summary>One package of a profile.</summary>
/// <param name="Paths">Its outputs, in order.</param>
internal sealed record ProfileElement(IReadOnlyList<StorePath> Paths)
{
    public const int DefaultPriority = 5;

    /// <summary>Null for what did not come from a flake.</summary>
    public ProfileSource? Source { get; init; }

    public bool IsActive { get; init; } = true;

    public int Priority { get; init; } = DefaultPriority;

    /// <summary>How lists and histories call it.</summary>
    public string Identifier =>
        Source?.ToString() ?? string.Join(", ", Names(path => PackageName.Parse(path.Name).Name));

    /// <summary>What to give to a command to mean this package again.</summary>
    public string Installables(Session session) =>
        Source?.ToString() ?? string.Join(' ', Names(path => session.Store.Directory.Format(path)));

    public IReadOnlyList<string> Versions =>
        [.. Names(path => PackageName.Parse(path.Name).Version)];

    public static IReadOnlyList<StorePath> Sort(IEnumerable<StorePath> paths) =>
        [.. paths.Distinct().OrderBy(path => path.ToString(), StringComparer.Ordinal)];

    private IEnumerable<string> Names(Func<StorePath, string> name) =>
        Paths.Select(name).Distinct().Order(StringComparer.Ordinal);
}
