using Ferry.Formats.StorePaths;

namespace Ferry.Store.Local;

/// <summary>Where a local store lies: the prefix of its paths, and the directories that hold files, database and logs.</summary>
/// <param name="Directory">The logical prefix, as in every path; what builds see.</param>
/// <param name="RealDirectory">Where the store's files lie on this machine.</param>
/// <param name="StateDirectory">Database, roots, profiles: <c>…/var/nix</c>.</param>
/// <param name="LogDirectory">Build logs: <c>…/var/log/nix</c>.</param>
public sealed record StoreLocation(
    StoreDirectory Directory,
    string RealDirectory,
    string StateDirectory,
    string LogDirectory
)
{
    /// <summary>False when files lie elsewhere than paths say, so that only a mount namespace shows them in place.</summary>
    public bool IsInPlace => RealDirectory == Directory.Path;

    /// <summary>For messages: <c>local</c>, with the root of a store that lies elsewhere.</summary>
    public string Description =>
        !IsInPlace && RealDirectory.EndsWith(Directory.Path, StringComparison.Ordinal)
            ? $"local?root={RealDirectory[..^Directory.Path.Length]}"
            : "local";

    /// <summary>The machine's own store, <c>/nix/store</c> unless the environment says otherwise.</summary>
    public static StoreLocation System(StoreEnvironment environment) =>
        new(
            environment.StoreDirectory,
            environment.StoreDirectory.Path,
            environment.StateDirectory ?? "/nix/var/nix",
            environment.LogDirectory ?? "/nix/var/log/nix"
        );

    /// <summary>A store below a directory that stands for the root of a file system (<c>--store DIR</c>).</summary>
    public static StoreLocation Below(string root, StoreEnvironment environment)
    {
        var trimmed = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        return trimmed == "/"
            ? System(environment)
            : new(
                environment.StoreDirectory,
                $"{trimmed}/nix/store",
                $"{trimmed}/nix/var/nix",
                $"{trimmed}/nix/var/log/nix"
            );
    }

    /// <summary>The store of an ordinary user, who can have no <c>/nix</c>.</summary>
    public static StoreLocation InHome(StoreEnvironment environment)
    {
        var data =
            environment.DataHome
            ?? (environment.Home is { } home ? $"{home}/.local/share" : null)
            ?? throw new StoreException(
                "no home directory is known to put a store into; set HOME or XDG_DATA_HOME, or name a store with --store"
            );
        return Below($"{data}/ferry/root", environment);
    }

    /// <summary>The store that a command means.</summary>
    /// <param name="reference">
    /// <c>--store</c> or NIX_REMOTE: a path, <c>local</c> with or without <c>?root=DIR&amp;real=DIR&amp;state=DIR&amp;log=DIR</c>,
    /// <c>auto</c>, or null, which means auto.
    /// </param>
    /// <param name="environment">What the environment says.</param>
    /// <exception cref="StoreException">The reference is of a kind that is no local store.</exception>
    public static StoreLocation Parse(string? reference, StoreEnvironment environment)
    {
        if (string.IsNullOrEmpty(reference) || reference == "auto")
            return environment.CanWriteSystemStore ? System(environment) : InHome(environment);
        if (reference.StartsWith('/') || reference.StartsWith('.'))
            return Below(reference, environment);

        var (name, parameters) = Split(reference);
        if (
            name is not ("local" or "local://")
            && !name.StartsWith("local:///", StringComparison.Ordinal)
        )
            throw new StoreException($"don't know how to open Nix store '{reference}'");
        if (name.StartsWith("local:///", StringComparison.Ordinal))
            parameters["root"] = name["local://".Length..];
        return FromParameters(parameters, environment);
    }

    private static StoreLocation FromParameters(
        Dictionary<string, string> parameters,
        StoreEnvironment environment
    )
    {
        var start = parameters.TryGetValue("root", out var root)
            ? Below(root, environment)
            : System(environment);
        if (parameters.TryGetValue("store", out var store))
            start = start with
            {
                Directory = new StoreDirectory(store),
                RealDirectory = start.IsInPlace ? store : start.RealDirectory,
            };
        return start with
        {
            RealDirectory = parameters.GetValueOrDefault("real", start.RealDirectory),
            StateDirectory = parameters.GetValueOrDefault("state", start.StateDirectory),
            LogDirectory = parameters.GetValueOrDefault("log", start.LogDirectory),
        };
    }

    private static (string Name, Dictionary<string, string> Parameters) Split(string reference)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var question = reference.IndexOf('?');
        if (question < 0)
            return (reference, parameters);
        foreach (var pair in reference[(question + 1)..].Split('&'))
        {
            var equals = pair.IndexOf('=');
            if (equals < 0)
                throw new StoreException(
                    $"parameter '{pair}' of Nix store '{reference}' has no value"
                );
            parameters[pair[..equals]] = Uri.UnescapeDataString(pair[(equals + 1)..]);
        }
        return (reference[..question], parameters);
    }
}

/// <summary>What a process's environment says about stores; read by the program, never here.</summary>
public sealed record StoreEnvironment
{
    /// <summary>NIX_STORE_DIR, or NIX_STORE.</summary>
    public StoreDirectory StoreDirectory { get; init; } = StoreDirectory.Default;

    /// <summary>NIX_STATE_DIR.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>NIX_LOG_DIR.</summary>
    public string? LogDirectory { get; init; }

    /// <summary>NIX_CONF_DIR.</summary>
    public string? ConfigurationDirectory { get; init; }

    /// <summary>HOME.</summary>
    public string? Home { get; init; }

    /// <summary>XDG_DATA_HOME.</summary>
    public string? DataHome { get; init; }

    /// <summary>True for root, and for the owner of a single-user installation: the state directory can be written to or made.</summary>
    public bool CanWriteSystemStore { get; init; }
}
