namespace Ferry.Debian.Locks;

/// <summary>One pin of a lock file.</summary>
public sealed record LockedPackage
{
    /// <summary>Set when it is not the lock's own: <c>all</c>.</summary>
    public string? Architecture { get; init; }

    public required string Version { get; init; }

    public required string Filename { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Names of packages in the same lock.</summary>
    // The reader of JSON assigns null where the file says nothing.
    public IReadOnlyList<string> Depends
    {
        get;
        init => field = value ?? [];
    } = [];
}
