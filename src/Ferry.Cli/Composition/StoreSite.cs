using Ferry.Formats.StorePaths;
using Ferry.Platform;
using Ferry.Platform.Files;
using Ferry.Store;
using Ferry.Store.Local;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Composition;

/// <summary>The store that a command works on, opened when something needs more than its name.</summary>
internal sealed class StoreSite : IDisposable
{
    private readonly Lazy<LocalStore> _store;

    private StoreSite(StoreLocation location, bool isDummy, bool syncsMetadata)
    {
        (Location, IsDummy) = (location, isDummy);
        _store = new(() =>
            LocalStore.Open(new LocalStoreOptions(location) { SyncsMetadata = syncsMetadata })
        );
    }

    public StoreLocation Location { get; }

    public StoreDirectory Directory => Location.Directory;

    /// <summary>There is no store, only its arithmetic (<c>dummy://</c>).</summary>
    public bool IsDummy { get; }

    public LocalStore Store =>
        IsDummy
            ? throw new StoreException("this command needs a store, and 'dummy://' is none")
            : _store.Value;

    /// <summary>The host's files, and those of this store by the paths that they should have.</summary>
    public LogicalFiles Files => field ??= new(Directory, path => Store.RealPath(path));

    /// <summary>The store that settings and environment say.</summary>
    public static StoreSite Open(SessionOptions options) =>
        Open(
            options,
            options.Settings.IsSet("store")
                ? options.Settings.Text("store")
                : options.Environment.Variable("NIX_REMOTE")
        );

    /// <param name="options">Of the command.</param>
    /// <param name="reference">As for <c>--store</c>.</param>
    public static StoreSite Open(SessionOptions options, string? reference)
    {
        var environment = options.Environment;
        var places = new StoreEnvironment
        {
            StoreDirectory = environment.Variable("NIX_STORE_DIR") is { Length: > 0 } directory
                ? new StoreDirectory(directory)
                : StoreDirectory.Default,
            StateDirectory = environment.Variable("NIX_STATE_DIR"),
            LogDirectory = environment.Variable("NIX_LOG_DIR"),
            ConfigurationDirectory = environment.Variable("NIX_CONF_DIR"),
            Home = environment.Home,
            DataHome = environment.Variable("XDG_DATA_HOME"),
            CanWriteSystemStore = environment.IsRoot || IsOwnFolder(environment),
        };
        var isDummy =
            reference is not null && reference.StartsWith("dummy://", StringComparison.Ordinal);
        var location = isDummy
            ? StoreLocation.Parse("local" + reference!["dummy://".Length..], places)
            : StoreLocation.Parse(reference, places);
        return new(location, isDummy, options.Settings.Switch("fsync-metadata"));
    }

    // Somebody who has a store of their own where the machine's would be, or where variables say.
    private static bool IsOwnFolder(ProcessEnvironment environment) =>
        FileStatus.TryGet(environment.Variable("NIX_STATE_DIR") ?? "/nix/var/nix")
            is { Kind: FileKind.Directory } status
        && status.User == UserIdentity.User
        && (status.Mode & (int)UnixFileMode.UserWrite) != 0;

    /// <summary>Makes a link and keeps what it points to.</summary>
    /// <param name="link">Absolute.</param>
    /// <param name="path">What to keep.</param>
    public void AddRoot(string link, StorePath path) => Store.Roots.AddLink(link, path);

    public void Dispose()
    {
        if (_store.IsValueCreated)
            _store.Value.Dispose();
    }
}
