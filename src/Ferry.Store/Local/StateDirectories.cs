using System.ComponentModel;
using Ferry.Platform.Files;
using Ferry.Store.Local.Database;

namespace Ferry.Store.Local;

/// <summary>Makes a store's directories and opens its database, as every process on the store does at its start.</summary>
internal static class StateDirectories
{
    /// <summary>The version in <c>db/schema</c>. Stock has written 10 since Nix 1.12.</summary>
    private const int SchemaVersion = 10;

    /// <summary>Kept free for the collector: a full disk must not prevent it from opening the database.</summary>
    private const int ReservedBytes = 8 * 1024 * 1024;

    /// <summary>Makes what is missing and takes the lock that keeps others from changing the schema.</summary>
    /// <exception cref="StoreException">The store cannot be opened: rights, a newer schema, a link in its path.</exception>
    public static (FileLock BigLock, StoreDatabase Database) Open(
        StoreLocation location,
        bool syncsMetadata
    )
    {
        try
        {
            Make(location);
            // Programs resolve links, and would write other paths into outputs than the store's. Where files do not lie at
            // their paths, as in a home directory behind a link, no program sees the real place.
            if (location.IsInPlace)
                RequireNoLinks(location.RealDirectory);
            var database = $"{location.StateDirectory}/db";
            Reserve($"{database}/reserved");
            var bigLock = FileLock.Open($"{database}/big-lock");
            try
            {
                bigLock.Acquire(FileLockKind.Shared);
                return (bigLock, OpenDatabase(location, database, syncsMetadata));
            }
            catch
            {
                bigLock.Dispose();
                throw;
            }
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new StoreException(
                $"cannot open the store at '{location.RealDirectory}': {exception.Message}",
                exception
            );
        }
    }

    private static void Make(StoreLocation location)
    {
        var state = location.StateDirectory;
        foreach (
            var directory in (string[])
                [
                    location.RealDirectory,
                    $"{location.RealDirectory}/.links",
                    $"{state}/profiles/per-user",
                    $"{state}/temproots",
                    $"{state}/db",
                    $"{state}/gcroots/per-user",
                ]
        )
            Directory.CreateDirectory(directory);
    }

    private static void RequireNoLinks(string realDirectory)
    {
        for (
            var path = realDirectory;
            path is not null and not "/";
            path = Path.GetDirectoryName(path)
        )
        {
            if (FileStatus.Get(path).Kind == FileKind.SymbolicLink)
                throw new StoreException(
                    $"the path '{path}' is a symlink; this is not allowed for the Nix store and its parent directories"
                );
        }
    }

    private static void Reserve(string path)
    {
        if (FileStatus.TryGet(path) is { SizeBytes: ReservedBytes })
            return;
        try
        {
            using var file = new FileStream(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.Write,
                    PreallocationSize = ReservedBytes,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            );
            file.SetLength(ReservedBytes);
        }
        catch (IOException)
        {
            // The reserve is a help for later; without space for it the store still opens.
        }
    }

    private static StoreDatabase OpenDatabase(
        StoreLocation location,
        string directory,
        bool syncsMetadata
    )
    {
        var schemaPath = $"{directory}/schema";
        var version = ReadVersion(schemaPath);
        if (version > SchemaVersion)
            throw new StoreException(
                $"current Nix store schema is version {version}, but I only support {SchemaVersion}"
            );
        if (version is not null and < SchemaVersion)
            throw new StoreException(
                $"the Nix store at '{location.RealDirectory}' has schema {version}, which was replaced in 2016; open it once with stock Nix to convert it"
            );

        var database = StoreDatabase.Open(
            $"{directory}/db.sqlite",
            location.Directory,
            isNew: version is null,
            syncsMetadata
        );
        if (version is null)
            WriteVersion(schemaPath);
        return database;
    }

    private static int? ReadVersion(string path)
    {
        if (!File.Exists(path))
            return null;
        return int.TryParse(File.ReadAllText(path).Trim(), out var version)
            ? version
            : throw new StoreException($"'{path}' is corrupt");
    }

    // Written last and whole: a store without this file is a new one, whose tables are made if they are missing.
    private static void WriteVersion(string path)
    {
        var temporary = $"{path}.tmp-{Environment.ProcessId}";
        using (var file = File.Create(temporary))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{SchemaVersion}"));
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }
}
