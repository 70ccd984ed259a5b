using Ferry.Cli.Composition;
using Ferry.Platform.Files;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Profiles;

/// <summary>The generations of all profiles of a user and of the store that are not current.</summary>
/// <param name="session">Whose profiles.</param>
/// <param name="age">Keeps what was current within it, such as <c>30d</c>; null keeps the current one alone.</param>
/// <param name="isDryRun">Only says what would go.</param>
internal sealed class OldGenerations(Session session, string? age, bool isDryRun)
{
    // What a profile links to: NAME-N-link.
    private const string GenerationMark = "link";

    public void Delete()
    {
        var places = new ProfilePlaces(session);
        var folders = new SortedSet<string>(StringComparer.Ordinal)
        {
            places.Folder,
            Path.Combine(session.Site.Location.StateDirectory, "profiles"),
            Path.GetDirectoryName(places.Default().Link)!,
        };
        foreach (var folder in folders)
            DeleteIn(folder);
    }

    private void DeleteIn(string folder)
    {
        List<FileSystemInfo> entries;
        try
        {
            entries =
            [
                .. new DirectoryInfo(folder)
                    .EnumerateFileSystemInfos()
                    .OrderBy(entry => entry.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another user's.
            return;
        }

        var isWritable = FileMetadata.MayWrite(folder);
        foreach (var entry in entries)
        {
            if (entry.LinkTarget is { } target)
            {
                if (isWritable && target.Contains(GenerationMark, StringComparison.Ordinal))
                    DeleteOf(entry.FullName);
            }
            else if (entry is DirectoryInfo)
                DeleteIn(entry.FullName);
        }
    }

    private void DeleteOf(string link)
    {
        session.Note($"removing old generations of profile {link}");
        var history = new ProfileHistory(new Profile(link), session.Note, isDryRun);
        if (age is null)
            history.DeleteOthers();
        else
            history.DeleteOlderThan(AgeText.Parse(session, age));
    }
}
