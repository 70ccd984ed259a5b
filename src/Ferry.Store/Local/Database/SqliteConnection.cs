namespace Ferry.Store.Local.Database;

/// <summary>An open database. Owned by whoever holds the lock of <see cref="StoreDatabase"/>.</summary>
internal sealed class SqliteConnection : IDisposable
{
    // Stock waits an hour as well: another process may be in the middle of a large registration or a vacuum.
    private const int BusyTimeoutMilliseconds = 60 * 60 * 1000;

    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private nint _database;

    private SqliteConnection(string path) => Path = path;

    public string Path { get; }

    /// <exception cref="SqliteException">The file is missing and may not be made, or is no database.</exception>
    public static SqliteConnection Open(string path, bool mayCreate)
    {
        var flags = NativeSqlite.OpenReadWrite | (mayCreate ? NativeSqlite.OpenCreate : 0);
        var connection = new SqliteConnection(path);
        var result = NativeSqlite.Open(path, out connection._database, flags, null);
        if (result != NativeSqlite.Ok)
        {
            _ = NativeSqlite.Close(connection._database);
            throw SqliteException.CannotOpen(result, path);
        }
        _ = NativeSqlite.SetBusyTimeout(connection._database, BusyTimeoutMilliseconds);
        return connection;
    }

    /// <summary>Runs one or more statements without results.</summary>
    /// <exception cref="SqliteException">One of them failed.</exception>
    public void Execute(string statements)
    {
        if (NativeSqlite.Execute(_database, statements, 0, 0, 0) != NativeSqlite.Ok)
            throw SqliteException.Last(
                _database,
                $"executing SQLite statement '{statements}'",
                Path
            );
    }

    /// <summary>A statement from the file <c>Queries/NAME.sql</c>, compiled once and kept.</summary>
    public SqliteStatement Statement(string name)
    {
        if (!_statements.TryGetValue(name, out var statement))
            _statements[name] = statement = Prepare(SqlText.Read(name));
        return statement;
    }

    /// <summary>Compiles a statement; the caller disposes of it.</summary>
    public SqliteStatement Prepare(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var result = NativeSqlite.Prepare(
            _database,
            bytes,
            bytes.Length,
            NativeSqlite.PreparePersistent,
            out var statement,
            rest: 0
        );
        return result == NativeSqlite.Ok
            ? new SqliteStatement(_database, statement, text, Path)
            : throw SqliteException.Last(_database, $"creating statement '{text}'", Path);
    }

    /// <summary>Leaves the write-ahead log in place when the last connection closes, for readers that may not make one.</summary>
    public void KeepWriteAheadLog()
    {
        var enable = 1;
        _ = NativeSqlite.FileControl(_database, 0, NativeSqlite.ControlPersistWal, ref enable);
    }

    /// <summary>Ends a transaction without its changes. SQLite has done so by itself when the disk failed or was full.</summary>
    public void RollBack()
    {
        if (NativeSqlite.IsOutsideTransaction(_database) == 0)
            Execute("rollback");
    }

    public long LastInsertedRow() => NativeSqlite.LastInsertedRow(_database);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
        _ = NativeSqlite.Close(_database);
        _database = 0;
    }
}
