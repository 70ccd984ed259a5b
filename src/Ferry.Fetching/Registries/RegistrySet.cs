using Ferry.Fetching.Downloads;
using Ferry.Fetching.Inputs;

namespace Ferry.Fetching.Registries;

/// <summary>Which registries count.</summary>
public enum RegistryUse
{
    No,

    /// <summary>Only the command line's and the global one: what a lock file may depend on.</summary>
    Limited,
    All,
}

/// <summary>The registries of one command, read when they are first needed.</summary>
public sealed class RegistrySet
{
    // A translation that leads in a circle is not followed for ever.
    private const int StepsMax = 100;

    private readonly Fetcher _fetcher;
    private readonly List<RegistryEntry> _flags = [];
    private readonly Lazy<Registry> _user;
    private readonly Lazy<Registry> _system;
    private readonly Lazy<Registry> _global;

    internal RegistrySet(Fetcher fetcher)
    {
        _fetcher = fetcher;
        _user = new(() => Read(RegistryKind.User, fetcher.Settings.UserRegistryFile));
        _system = new(() => Read(RegistryKind.System, fetcher.Settings.SystemRegistryFile));
        _global = new(ReadGlobal);
    }

    /// <summary>In the order they are asked.</summary>
    public IEnumerable<Registry> All
    {
        get
        {
            yield return new(RegistryKind.Flag, _flags);
            yield return _user.Value;
            yield return _system.Value;
            yield return _global.Value;
        }
    }

    /// <summary>A translation for this command alone (<c>--override-flake</c>).</summary>
    public void Override(RegistryEntry entry) => _flags.Add(entry);

    /// <summary>Translates names until something can be fetched.</summary>
    /// <returns>The input, and the flake's folder in it if a registry said one.</returns>
    /// <exception cref="FetchException">No registry knows the name.</exception>
    public (FetchInput Input, string? Folder) Resolve(FetchInput input, RegistryUse use)
    {
        string? folder = null;
        if (use == RegistryUse.No)
            return (input, folder);
        for (var steps = 0; Find(input, use) is { } entry; steps++)
        {
            if (steps == StepsMax)
                throw new FetchException($"cycle detected in flake registry for '{input}'");
            input = entry.IsExact ? entry.To : Translate(entry, input);
            folder = entry.Folder;
        }

        return input.IsDirect
            ? (input, folder)
            : throw new FetchException($"cannot find flake '{input}' in the flake registries");
    }

    private RegistryEntry? Find(FetchInput input, RegistryUse use)
    {
        // The global registry translates names only: what can be fetched already need not wait for a server.
        var registries = input.IsDirect ? All.Take((int)RegistryKind.Global) : All;
        foreach (var registry in registries.Where(registry => Counts(registry.Kind, use)))
        {
            foreach (var entry in registry.Entries)
            {
                if (entry.IsExact ? entry.From.Equals(input) : entry.From.Covers(input))
                    return entry;
            }
        }

        return null;
    }

    private static bool Counts(RegistryKind kind, RegistryUse use) =>
        use == RegistryUse.All || kind is RegistryKind.Flag or RegistryKind.Global;

    private static FetchInput Translate(RegistryEntry entry, FetchInput input) =>
        entry.To.WithOverrides(
            entry.From.Ref is null ? input.Ref : null,
            entry.From.Revision is null ? input.Revision : null
        );

    private Registry Read(RegistryKind kind, string? file) =>
        file is null ? new(kind, []) : Registry.Read(kind, file, _fetcher.Parts.Warn);

    private Registry ReadGlobal()
    {
        var place = _fetcher.Settings.GlobalRegistry;
        if (place.Length == 0 || place.StartsWith('/'))
            return Read(RegistryKind.Global, place.Length == 0 ? null : place);
        try
        {
            var file = _fetcher.DownloadFile(new(place, "flake-registry.json"));
            return Read(RegistryKind.Global, _fetcher.Store.RealPath(file.Path));
        }
        catch (DownloadException failure)
        {
            throw new FetchException(failure.Message, failure);
        }
    }
}
