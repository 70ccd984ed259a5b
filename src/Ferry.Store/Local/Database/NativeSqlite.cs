using System.Reflection;
using System.Runtime.InteropServices;

namespace Ferry.Store.Local.Database;

/// <summary>The functions of SQLite's C interface that a store needs; the names are SQLite's, https://sqlite.org/c3ref.</summary>
/// <remarks>
/// In the native program the library is linked in (Ferry.Store.targets); under the JIT the system's shared one is loaded.
/// </remarks>
internal static partial class NativeSqlite
{
    public const int Ok = 0;
    public const int Busy = 5;
    public const int Protocol = 15;
    public const int Row = 100;
    public const int Done = 101;
    public const int TypeNull = 5;
    public const int OpenReadWrite = 2;
    public const int OpenCreate = 4;
    public const int OpenReadOnly = 1;
    public const int PreparePersistent = 1;
    public const int ControlPersistWal = 10;
    public const nint CopyText = -1;

    private const string Library = "sqlite3";

    static NativeSqlite() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeSqlite).Assembly, FindLibrary);

    [LibraryImport(
        Library,
        EntryPoint = "sqlite3_open_v2",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial int Open(string path, out nint database, int flags, string? system);

    [LibraryImport(Library, EntryPoint = "sqlite3_close_v2")]
    public static partial int Close(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_busy_timeout")]
    public static partial int SetBusyTimeout(nint database, int milliseconds);

    [LibraryImport(
        Library,
        EntryPoint = "sqlite3_exec",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial int Execute(
        nint database,
        string statements,
        nint callback,
        nint argument,
        nint message
    );

    [LibraryImport(Library, EntryPoint = "sqlite3_prepare_v3")]
    public static partial int Prepare(
        nint database,
        ReadOnlySpan<byte> statement,
        int length,
        uint flags,
        out nint prepared,
        nint rest
    );

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_finalize")]
    public static partial int Dispose(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    public static partial int BindText(
        nint statement,
        int index,
        ReadOnlySpan<byte> text,
        int length,
        nint lifetime
    );

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    public static partial int BindInteger(nint statement, int index, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    public static partial int BindNull(nint statement, int index);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_text")]
    public static partial nint ColumnText(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    public static partial int ColumnLength(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    public static partial long ColumnInteger(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type")]
    public static partial int ColumnType(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_last_insert_rowid")]
    public static partial long LastInsertedRow(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_get_autocommit")]
    public static partial int IsOutsideTransaction(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_errmsg")]
    public static partial nint ErrorMessage(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_extended_errcode")]
    public static partial int ExtendedError(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_errstr")]
    public static partial nint ErrorText(int error);

    [LibraryImport(Library, EntryPoint = "sqlite3_file_control")]
    public static partial int FileControl(
        nint database,
        nint schema,
        int operation,
        ref int argument
    );

    // The plain name exists only where SQLite's development files are installed.
    private static nint FindLibrary(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == Library && NativeLibrary.TryLoad("libsqlite3.so.0", assembly, path, out var handle)
            ? handle
            : 0;
}
