namespace Ferry.Fetching;

/// <summary>How sources are fetched. Names in brackets are stock's settings.</summary>
public sealed record FetchSettings
{
    /// <summary>Where fetched things are kept; made when it is missing.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>How long an answer of a server counts [tarball-ttl].</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Working trees may have uncommitted changes [allow-dirty].</summary>
    public bool AllowsDirtyTrees { get; init; } = true;

    /// <summary>Such changes are worth a warning [warn-dirty].</summary>
    public bool WarnsOfDirtyTrees { get; init; } = true;

    /// <summary>A hash of a dirty tree may stand in a lock file [allow-dirty-locks].</summary>
    public bool AllowsDirtyLocks { get; init; }

    /// <summary>A revision alone locks an archive of a forge [trust-tarballs-from-git-forges].</summary>
    public bool TrustsForgeArchives { get; init; } = true;

    /// <summary>Host, or host and path, to token [access-tokens].</summary>
    public IReadOnlyDictionary<string, string> AccessTokens { get; init; } =
        new Dictionary<string, string>();

    /// <summary>URL or absolute path; empty for none [flake-registry].</summary>
    public string GlobalRegistry { get; init; } = "";

    /// <summary>Names are looked up in registries [use-registries].</summary>
    public bool UsesRegistries { get; init; } = true;

    public string? UserRegistryFile { get; init; }

    public string? SystemRegistryFile { get; init; }

    /// <summary>For programs that fetch: all variables of the caller.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>();

    /// <summary>Local repositories are cloned as remote ones are; for tests of stock's [_NIX_FORCE_HTTP].</summary>
    public bool ClonesLocalRepositories { get; init; }
}
