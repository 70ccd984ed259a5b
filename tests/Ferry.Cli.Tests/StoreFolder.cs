namespace Ferry.Cli.Tests;

/// <summary>Folders with stores in them, whose directories are read-only.</summary>
internal static class StoreFolder
{
    public static void Remove(string folder)
    {
        foreach (
            var directory in new DirectoryInfo(folder).EnumerateDirectories(
                "*",
                new EnumerationOptions
                {
                    RecurseSubdirectories = true,
                    AttributesToSkip = FileAttributes.ReparsePoint,
                }
            )
        )
            File.SetUnixFileMode(
                directory.FullName,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        Directory.Delete(folder, recursive: true);
    }
}
