namespace Ferry.Debian.Indexes;

/// <summary>A package as the archive's index describes it; only what resolving needs.</summary>
public sealed record IndexedPackage
{
    public required string Name { get; init; }

    public required DebianVersion Version { get; init; }

    public required string Architecture { get; init; }

    public required string Filename { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>
    /// From Pre-Depends and Depends: each inner list is one dependency, its alternatives in order of preference.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Dependencies { get; init; } = [];

    /// <summary>Names that it stands for, besides its own.</summary>
    public IReadOnlyList<string> Provides { get; init; } = [];
}
