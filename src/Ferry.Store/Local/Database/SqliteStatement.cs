using System.Runtime.InteropServices;
using System.Text;

namespace Ferry.Store.Local.Database;

/// <summary>A compiled statement. Start it with its arguments, step through its rows; starting again resets it.</summary>
internal sealed class SqliteStatement(nint database, nint statement, string text, string path)
    : IDisposable
{
    private int _bound;

    /// <summary>Resets the statement; arguments follow in the order of its question marks.</summary>
    public SqliteStatement Start()
    {
        // It returns the error of the last step, which was reported then.
        _ = NativeSqlite.Reset(statement);
        _bound = 0;
        return this;
    }

    /// <summary>Binds the next argument; null is SQL's null.</summary>
    public SqliteStatement With(string? value)
    {
        var index = ++_bound;
        if (value is null)
            return Bound(NativeSqlite.BindNull(statement, index));
        var bytes = Encoding.UTF8.GetBytes(value);
        // A null pointer, which an empty array can become, would bind null.
        return Bound(
            NativeSqlite.BindText(
                statement,
                index,
                bytes.Length == 0 ? "\0"u8 : bytes,
                bytes.Length,
                NativeSqlite.CopyText
            )
        );
    }

    /// <inheritdoc cref="With(string?)"/>
    public SqliteStatement With(long? value)
    {
        var index = ++_bound;
        return Bound(
            value is null
                ? NativeSqlite.BindNull(statement, index)
                : NativeSqlite.BindInteger(statement, index, value.Value)
        );
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False when there is none; the statement is reset then.</returns>
    public bool Next()
    {
        var result = NativeSqlite.Step(statement);
        if (result == NativeSqlite.Row)
            return true;
        if (result != NativeSqlite.Done)
        {
            var exception = Failed();
            _ = NativeSqlite.Reset(statement);
            throw exception;
        }
        _ = NativeSqlite.Reset(statement);
        return false;
    }

    /// <summary>Runs a statement that has no rows.</summary>
    public void Run()
    {
        while (Next()) { }
    }

    /// <summary>The first row's only value, or null; ends the statement, so that it holds no snapshot of the database.</summary>
    public T? First<T>(Func<SqliteStatement, T> read)
    {
        var value = Next() ? read(this) : default;
        _ = NativeSqlite.Reset(statement);
        return value;
    }

    /// <summary>The first column of every row.</summary>
    public List<string> AllText()
    {
        var rows = new List<string>();
        while (Next())
            rows.Add(Text(0)!);
        return rows;
    }

    public string? Text(int column)
    {
        var bytes = NativeSqlite.ColumnText(statement, column);
        return bytes == 0
            ? null
            : Marshal.PtrToStringUTF8(bytes, NativeSqlite.ColumnLength(statement, column));
    }

    /// <returns>0 for null, as in stock.</returns>
    public long Integer(int column) => NativeSqlite.ColumnInteger(statement, column);

    public void Dispose() => _ = NativeSqlite.Dispose(statement);

    private SqliteStatement Bound(int result) => result == NativeSqlite.Ok ? this : throw Failed();

    private SqliteException Failed() =>
        SqliteException.Last(database, $"executing SQLite statement '{text}'", path);
}
