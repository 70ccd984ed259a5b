using System.Collections.Immutable;
using Ferry.Formats;
using Ferry.Formats.ATerm;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store.Building;
using Ferry.Store.Local.Collection;
using Ferry.Store.Local.Database;
using Ferry.Store.Local.Roots;

namespace Ferry.Store.Local;

/// <summary>How a local store is opened.</summary>
/// <param name="Location">Where it lies.</param>
public sealed record LocalStoreOptions(StoreLocation Location)
{
    /// <summary>Waits for the disk when the database is written, so that a loss of power cannot break it. Stock: fsync-metadata.</summary>
    public bool SyncsMetadata { get; init; } = true;

    /// <summary>Trees up to this many bytes of NAR are kept in memory while their path is computed. Stock: nar-buffer-size.</summary>
    public int BufferedBytesMax { get; init; } = 32 * 1024 * 1024;

    /// <summary>Gives registration times.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>A store on this machine's disk, in stock's format: both may use it at the same time.</summary>
/// <remarks>
/// Any number of threads may use one. A path becomes visible by one transaction after its files are complete, so whatever
/// instant a process is killed at leaves nothing but files that are not registered; who adds such a path next replaces them.
/// </remarks>
public sealed partial class LocalStore : IOutputStore, IDisposable
{
    private readonly StoreDatabase _database;
    private readonly FileLock _bigLock;
    private readonly TemporaryRoots _temporaryRoots;
    private readonly TimeProvider _clock;
    private readonly int _bufferedBytesMax;

    private LocalStore(LocalStoreOptions options)
    {
        Location = options.Location;
        Paths = new StorePathFactory(Location.Directory);
        Hasher = new DerivationHasher(Paths, ReadDerivation);
        Roots = new GarbageRoots(this);
        _clock = options.Clock;
        _bufferedBytesMax = options.BufferedBytesMax;
        (_bigLock, _database) = StateDirectories.Open(Location, options.SyncsMetadata);
        _temporaryRoots = TemporaryRoots.Open(Location.StateDirectory);
    }

    public StoreLocation Location { get; }

    public StoreDirectory Directory => Location.Directory;

    public string StateDirectory => Location.StateDirectory;

    public StorePathFactory Paths { get; }

    public DerivationHasher Hasher { get; }

    /// <summary>Roots that outlive this process.</summary>
    public GarbageRoots Roots { get; }

    /// <summary>Opens a store, making what is missing of it.</summary>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static LocalStore Open(LocalStoreOptions options) => new(options);

    public string RealPath(StorePath path) => $"{Location.RealDirectory}/{path}";

    public bool IsValid(StorePath path) => _database.IsValid(path);

    public PathInfo? QueryInfo(StorePath path) => _database.QueryInfo(path);

    public StorePath? QueryPathFromDigest(string digest)
    {
        if (digest.Length != StorePath.DigestTextLength)
            throw new StoreException("invalid hash part");
        return _database.QueryPathFromDigest(digest);
    }

    public IReadOnlyList<StorePath> QueryAllValid() => _database.QueryAll();

    public IReadOnlyList<StorePath> QueryReferrers(StorePath path) =>
        _database.QueryReferrers(path);

    public IReadOnlyList<StorePath> QueryValidDerivers(StorePath path) =>
        _database.QueryValidDerivers(path);

    public SortedMap<ByteString, StorePath?> QueryDerivationOutputs(StorePath derivation)
    {
        var known = _database.IsValid(derivation)
            ? _database.QueryDerivationOutputs(derivation)
            : SortedMap<ByteString, StorePath>.Empty;
        return ReadDerivation(derivation)
            .Outputs.Select(
                (name, output) =>
                    known.TryGetValue(name, out var path)
                        ? path
                        : output.PathIn(Paths, derivation.DerivationName, name)
            );
    }

    public Derivation ReadDerivation(StorePath path)
    {
        try
        {
            return DerivationReader.Read(
                File.ReadAllBytes(RealPath(path)),
                path.DerivationName,
                Directory
            );
        }
        catch (BadFormatException exception)
        {
            throw new StoreException(
                $"error parsing derivation '{Directory.Format(path)}': {exception.Message}",
                exception
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"cannot read derivation '{Directory.Format(path)}': {exception.Message}",
                exception
            );
        }
    }

    public void AddTemporaryRoot(StorePath path) => _temporaryRoots.Add(Directory.Format(path));

    /// <summary>Makes paths valid whose files are complete and canonical, all or none.</summary>
    /// <param name="infos">A registration time of 0 becomes now.</param>
    /// <exception cref="StoreException">A reference is not valid and not among them, or they refer to each other in a circle.</exception>
    public void Register(IReadOnlyCollection<PathInfo> infos) =>
        Register([.. infos.Select(Registration)]);

    /// <summary>Every valid path with what it needs, at one moment.</summary>
    internal IReadOnlyList<GraphNode> ReadGraph() => _database.QueryGraph();

    /// <summary>Adds signatures to a valid path.</summary>
    public void AddSignatures(StorePath path, IEnumerable<string> signatures) =>
        _database.Change(
            path,
            info => info with { Signatures = info.Signatures.Union(signatures) }
        );

    /// <summary>Removes a path from the database; its files stay.</summary>
    /// <exception cref="StoreException">Valid paths refer to it.</exception>
    public void Invalidate(StorePath path)
    {
        var referrers = _database.Invalidate(path);
        if (!referrers.IsEmpty)
            throw new StoreException(
                $"cannot delete path '{Directory.Format(path)}' because it is in use by "
                    + string.Join(", ", referrers.Select(user => $"'{Directory.Format(user)}'"))
            );
    }

    public void Dispose()
    {
        _temporaryRoots.Dispose();
        _database.Dispose();
        _bigLock.Dispose();
    }

    private void Register(IReadOnlyList<Registration> registrations)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        _database.Register([
            .. registrations.Select(registration =>
                registration.Info.RegistrationTime == 0
                    ? registration with
                    {
                        Info = registration.Info with { RegistrationTime = now },
                    }
                    : registration
            ),
        ]);
    }

    private Registration Registration(PathInfo info) =>
        Registration(info, info.Path.IsDerivation ? ReadDerivation(info.Path) : null);

    // The derivation is what the path's file holds.
    private Registration Registration(PathInfo info, Derivation? derivation)
    {
        if (info.ContentAddress is { } address && !IsRight(info, address))
            throw new StoreException(
                $"cannot add path '{Directory.Format(info.Path)}' to the Nix store because it claims to be content-addressed but isn't"
            );
        if (derivation is null)
            return new Registration(info, []);
        try
        {
            Hasher.RequireRightOutputPaths(derivation);
        }
        catch (BadFormatException exception)
        {
            throw new StoreException(
                $"while checking derivation '{Directory.Format(info.Path)}': {exception.Message}",
                exception
            );
        }
        return new Registration(info, [.. derivation.KnownOutputPaths(Paths)]);
    }

    private bool IsRight(PathInfo info, ContentAddress address)
    {
        var refersToItself = info.References.Contains(info.Path);
        ImmutableSortedSet<StorePath> others = info.References.Remove(info.Path);
        return Paths.FixedOutput(info.Path.Name, address, others, refersToItself) == info.Path;
    }
}
