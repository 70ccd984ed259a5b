using System.Collections.Immutable;
using Ferry.Formats;
using Ferry.Formats.Hashing;
using Ferry.Formats.Signatures;
using Ferry.Formats.StorePaths;
using Ferry.Store.Closures;

namespace Ferry.Store.Local.Database;

/// <summary>A path on its way into the database.</summary>
/// <param name="Info">What is to be known of it.</param>
/// <param name="DerivationOutputs">For a derivation, its outputs whose paths are known; empty for others.</param>
internal sealed record Registration(
    PathInfo Info,
    IReadOnlyList<KeyValuePair<ByteString, StorePath>> DerivationOutputs
);

/// <summary>The database of valid paths: <c>db/db.sqlite</c>, schema 10. Any number of threads may use it.</summary>
/// <remarks>Grammar and meaning of the tables: docs/formats/database.md.</remarks>
internal sealed partial class StoreDatabase : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly StoreDirectory _directory;

    private StoreDatabase(SqliteConnection connection, StoreDirectory directory) =>
        (_connection, _directory) = (connection, directory);

    /// <param name="path">Of the file.</param>
    /// <param name="directory">The prefix of the paths in it.</param>
    /// <param name="isNew">Makes the file and its tables.</param>
    /// <param name="syncs">Waits for the disk at checkpoints, so that a loss of power cannot break the file.</param>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static StoreDatabase Open(string path, StoreDirectory directory, bool isNew, bool syncs)
    {
        var connection = SqliteConnection.Open(path, mayCreate: isNew);
        var database = new StoreDatabase(connection, directory);
        try
        {
            database.Configure(syncs);
            if (isNew)
                Retry(() => connection.Execute(SqlText.Read("Schema")));
            // Stock makes this table at every start; the one migration it knows is for floating outputs.
            Retry(() =>
                connection.Execute(
                    "create table if not exists SchemaMigrations (migration text primary key not null);"
                )
            );
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public bool IsValid(StorePath path) => Locked(() => IdOf(path) is not null);

    /// <summary>Those of the paths that are not valid, in their order.</summary>
    public IReadOnlyList<StorePath> Invalid(IReadOnlyCollection<StorePath> paths) =>
        Locked<IReadOnlyList<StorePath>>(() => [.. paths.Where(path => IdOf(path) is null)]);

    public PathInfo? QueryInfo(StorePath path) => Locked(() => ReadInfo(path));

    public StorePath? QueryPathFromDigest(string digest) =>
        Locked(() =>
        {
            var prefix = $"{_directory.Path}/{digest}";
            var found = Start("PathFromDigest").With(prefix).First(row => row.Text(0));
            return found is not null && found.StartsWith(prefix, StringComparison.Ordinal)
                ? _directory.Parse(found)
                : null;
        });

    public ImmutableSortedSet<StorePath> QueryAll() =>
        Locked(() => PathsOf(Start("AllPaths").AllText()));

    public ImmutableSortedSet<StorePath> QueryReferrers(StorePath path) =>
        Locked(() => PathsOf(Start("Referrers").With(_directory.Format(path)).AllText()));

    public ImmutableSortedSet<StorePath> QueryValidDerivers(StorePath path) =>
        Locked(() => PathsOf(Start("ValidDerivers").With(_directory.Format(path)).AllText()));

    /// <exception cref="StoreException">The derivation is not valid.</exception>
    public SortedMap<ByteString, StorePath> QueryDerivationOutputs(StorePath derivation) =>
        Locked(() =>
        {
            var outputs = new List<KeyValuePair<ByteString, StorePath>>();
            var rows = Start("DerivationOutputs").With(RequireId(derivation));
            while (rows.Next())
                outputs.Add(new(rows.Text(0)!, _directory.Parse(rows.Text(1)!)));
            return SortedMap<ByteString, StorePath>.From(outputs);
        });

    /// <summary>Makes the paths valid, all or none. Paths valid already get the new hash, size and signatures.</summary>
    /// <exception cref="StoreException">A reference is not valid and not among them, or they refer to each other in a circle.</exception>
    public void Register(IReadOnlyList<Registration> registrations) =>
        Transaction(() =>
        {
            foreach (var registration in registrations)
            {
                if (IdOf(registration.Info.Path) is null)
                    Insert(registration);
                else
                    Update(registration.Info);
            }
            foreach (var (info, _) in registrations)
            {
                var referrer = RequireId(info.Path);
                foreach (var reference in info.References)
                    Start("AddReference").With(referrer).With(RequireId(reference)).Run();
            }
            RequireNoCycle(registrations);
            return true;
        });

    /// <summary>Changes what is known of a valid path.</summary>
    /// <param name="path">Nothing happens when it is not valid.</param>
    /// <param name="change">Gets what is known and gives what shall be.</param>
    public void Change(StorePath path, Func<PathInfo, PathInfo> change) =>
        Transaction(() =>
        {
            if (ReadInfo(path) is { } info)
                Update(change(info));
            return true;
        });

    /// <summary>Makes a path invalid, unless others refer to it.</summary>
    /// <returns>The valid paths that refer to it; empty when it is gone from the database.</returns>
    public ImmutableSortedSet<StorePath> Invalidate(StorePath path) =>
        Transaction(() =>
        {
            var text = _directory.Format(path);
            var referrers = PathsOf(Start("Referrers").With(text).AllText()).Remove(path);
            if (referrers.IsEmpty)
                Start("InvalidatePath").With(text).Run();
            return referrers;
        });

    public void Dispose()
    {
        lock (_lock)
            _connection.Dispose();
    }

    private void Configure(bool syncs)
    {
        _connection.Execute("pragma foreign_keys = 1");
        _connection.Execute($"pragma synchronous = {(syncs ? "normal" : "off")}");
        string? mode;
        using (var query = _connection.Prepare("pragma main.journal_mode"))
            mode = query.Start().First(row => row.Text(0));
        if (mode != "wal")
            Retry(() => _connection.Execute("pragma main.journal_mode = wal"));
        // The limit makes SQLite cut the log to nothing on exit; 2^40 is as good as none while running.
        _connection.Execute("pragma main.journal_size_limit = 1099511627776");
        _connection.KeepWriteAheadLog();
        // Large enough for a whole instantiation between two waits for the disk.
        _connection.Execute("pragma wal_autocheckpoint = 40000");
    }

    // Only several outputs of one build can refer to each other in a circle; everything else was valid before.
    private void RequireNoCycle(IReadOnlyList<Registration> registrations)
    {
        var infos = registrations.ToDictionary(item => item.Info.Path, item => item.Info);
        _ = TopologicalOrder.Sort(
            infos.Keys.ToImmutableSortedSet(),
            path => infos[path].References,
            (path, parent) => StoreClosures.Cycle(_directory, path, parent)
        );
    }

    private void Insert(Registration registration)
    {
        var info = registration.Info;
        Start("RegisterPath")
            .With(_directory.Format(info.Path))
            .With(info.NarHash.ToBase16WithKind())
            .With(info.RegistrationTime)
            .With(info.Deriver is null ? null : _directory.Format(info.Deriver))
            .With(info.NarSize == 0 ? null : info.NarSize)
            .With(info.IsUltimate ? 1 : (long?)null)
            .With(Signatures(info))
            .With(info.ContentAddress?.ToString())
            .Run();
        var id = _connection.LastInsertedRow();
        foreach (var (name, path) in registration.DerivationOutputs)
            Start("AddDerivationOutput")
                .With(id)
                .With(name.ToString())
                .With(_directory.Format(path))
                .Run();
    }

    private void Update(PathInfo info) =>
        Start("UpdatePath")
            .With(info.NarSize == 0 ? null : info.NarSize)
            .With(info.NarHash.ToBase16WithKind())
            .With(info.IsUltimate ? 1 : (long?)null)
            .With(Signatures(info))
            .With(info.ContentAddress?.ToString())
            .With(_directory.Format(info.Path))
            .Run();

    private PathInfo? ReadInfo(StorePath path)
    {
        var row = Start("PathInfo").With(_directory.Format(path));
        if (!row.Next())
            return null;
        var id = row.Integer(0);
        var info = new PathInfo(path, Hash.ParsePrefixed(row.Text(1)!), row.Integer(4))
        {
            RegistrationTime = row.Integer(2),
            Deriver = row.Text(3) is { } deriver ? _directory.Parse(deriver) : null,
            IsUltimate = row.Integer(5) == 1,
            Signatures = (row.Text(6) ?? "")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .ToImmutableSortedSet(SignatureOrder.Instance),
            ContentAddress = row.Text(7) is { Length: > 0 } address
                ? ContentAddress.Parse(address)
                : null,
        };
        row.Start();
        return info with { References = PathsOf(Start("References").With(id).AllText()) };
    }

    private static string? Signatures(PathInfo info) =>
        info.Signatures.IsEmpty ? null : string.Join(' ', info.Signatures);

    private long RequireId(StorePath path) =>
        IdOf(path) ?? throw new StoreException($"path '{_directory.Format(path)}' is not valid");

    private long? IdOf(StorePath path) =>
        Start("PathInfo").With(_directory.Format(path)).First(row => (long?)row.Integer(0));

    private ImmutableSortedSet<StorePath> PathsOf(List<string> texts) =>
        [.. texts.Select(_directory.Parse)];

    private SqliteStatement Start(string query) => _connection.Statement(query).Start();

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
            return Retry(read);
    }

    // "Immediate": a transaction that begins by reading and then wants to write may find that another process wrote meanwhile.
    private T Transaction<T>(Func<T> write)
    {
        lock (_lock)
            return Retry(() =>
            {
                _connection.Execute("begin immediate");
                try
                {
                    var result = write();
                    _connection.Execute("commit");
                    return result;
                }
                catch
                {
                    _connection.RollBack();
                    throw;
                }
            });
    }

    private static void Retry(Action action) =>
        Retry(() =>
        {
            action();
            return true;
        });

    // SQLite's own waiting does not cover every case, such as recovery of a log by another process.
    private static T Retry<T>(Func<T> action)
    {
        const int PauseMillisecondsMax = 100;
        while (true)
        {
            try
            {
                return action();
            }
            catch (SqliteException exception) when (exception.IsBusy)
            {
                Thread.Sleep(Random.Shared.Next(PauseMillisecondsMax));
            }
        }
    }
}
