using System.Text;
using Ferry.Platform.Files;

namespace Ferry.Store.Local.Collection;

/// <summary>The names in <c>.links</c>, by which files of equal content share their bytes.</summary>
internal static class UnusedLinks
{
    /// <summary>Removes names of files that have no other.</summary>
    /// <param name="directory">Of the links; it may be missing.</param>
    /// <returns>What became free, and what the others save: less than 0 when the directory itself is larger.</returns>
    public static (long FreedBytes, long SavedBytes) Remove(string directory)
    {
        if (!Directory.Exists(directory))
            return default;
        long freed = 0;
        long saved = -FileStatus.Get(directory).AllocatedBytes;
        foreach (var name in DirectoryListing.Read(directory))
        {
            var path = $"{directory}/{Encoding.UTF8.GetString(name)}";
            if (FileStatus.TryGet(path) is not { } status)
                continue;
            if (status.LinkCount > 1)
            {
                // Two names are one file and this link to it.
                saved += (status.LinkCount - 2) * status.SizeBytes;
                continue;
            }

            if (Names.RemoveFile(path))
                freed += status.AllocatedBytes;
        }

        return (freed, saved);
    }
}
