using System.Runtime.InteropServices;

namespace Ferry.Store.Local.Database;

/// <summary>SQLite refused: a full disk, a broken file, a constraint that a caller has broken.</summary>
public sealed class SqliteException : StoreException
{
    private SqliteException(string message, int error)
        : base(message) => Error = error;

    /// <summary>SQLite's extended error code.</summary>
    public int Error { get; }

    /// <summary>Another process wrote meanwhile; the same thing may succeed when it is tried again.</summary>
    internal bool IsBusy => (Error & 0xff) is NativeSqlite.Busy or NativeSqlite.Protocol;

    internal static SqliteException Last(nint database, string doing, string path)
    {
        var error = NativeSqlite.ExtendedError(database);
        var message = Marshal.PtrToStringUTF8(NativeSqlite.ErrorMessage(database));
        var text = Marshal.PtrToStringUTF8(NativeSqlite.ErrorText(error));
        return (error & 0xff) is NativeSqlite.Busy or NativeSqlite.Protocol
            ? new($"SQLite database '{path}' is busy", error)
            : new($"{doing}: {text}, {message} (in '{path}')", error);
    }

    internal static SqliteException CannotOpen(int error, string path) =>
        new(
            $"cannot open SQLite database '{path}': {Marshal.PtrToStringUTF8(NativeSqlite.ErrorText(error))}",
            error
        );
}
