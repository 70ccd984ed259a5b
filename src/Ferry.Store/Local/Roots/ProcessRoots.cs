using System.Buffers;
using System.Text;
using Ferry.Formats.StorePaths;

namespace Ferry.Store.Local.Roots;

/// <summary>Store paths that running programs use: what they execute, have open or mapped, or name in their environment.</summary>
internal static class ProcessRoots
{
    private static readonly SearchValues<char> s_pathCharacters = SearchValues.Create(
        "/+-._?=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    private static readonly string[] s_kernelFiles =
    [
        "/proc/sys/kernel/modprobe",
        "/proc/sys/kernel/fbsplash",
        "/proc/sys/kernel/poweroff_cmd",
    ];

    /// <returns>Texts that begin with the store directory, and the file that shows each; not yet checked otherwise.</returns>
    public static IEnumerable<(string Text, string Source)> Find(StoreDirectory directory)
    {
        if (!Directory.Exists("/proc"))
            yield break;
        var prefix = $"{directory.Path}/";
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), out _))
                continue;
            foreach (var link in Links(process))
            {
                if (
                    Target(link) is { } target
                    && target.StartsWith(prefix, StringComparison.Ordinal)
                )
                    yield return (target, link);
            }
            foreach (var file in (string[])[$"{process}/maps", $"{process}/environ"])
            {
                foreach (var text in Mentioned(file, prefix))
                    yield return (text, file);
            }
        }
        foreach (var file in s_kernelFiles)
        {
            foreach (var text in Mentioned(file, prefix))
                yield return (text, file);
        }
    }

    private static IEnumerable<string> Links(string process)
    {
        string[] descriptors;
        try
        {
            descriptors = Directory.GetFileSystemEntries($"{process}/fd");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's process, or one that has just ended.
            descriptors = [];
        }
        return [$"{process}/exe", $"{process}/cwd", .. descriptors];
    }

    private static string? Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static List<string> Mentioned(string file, string prefix)
    {
        var found = new List<string>();
        string text;
        try
        {
            text = Encoding.Latin1.GetString(File.ReadAllBytes(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return found;
        }
        for (
            var start = text.IndexOf(prefix, StringComparison.Ordinal);
            start >= 0;
            start = text.IndexOf(prefix, start + 1, StringComparison.Ordinal)
        )
        {
            var length = text.AsSpan(start).IndexOfAnyExcept(s_pathCharacters);
            found.Add(length < 0 ? text[start..] : text.Substring(start, length));
        }
        return found;
    }
}
