using System.ComponentModel;
using System.Text;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;

namespace Ferry.Store.Profiles;

/// <summary>Files by the paths that programs see, of a store that may lie elsewhere.</summary>
/// <param name="directory">The prefix that is not where files lie.</param>
/// <param name="realPath">Where an object of the store lies; null for one that must not be looked at.</param>
public sealed class LogicalFiles(StoreDirectory directory, Func<StorePath, string?> realPath)
{
    // As the kernel: more links than that lead in a circle.
    private const int FollowedMax = 40;

    /// <summary>Where a path without links lies on this machine; null for what must not be looked at.</summary>
    /// <exception cref="Formats.BadFormatException">It names no object of the store, though it is below it.</exception>
    public string? Real(string path)
    {
        if (!directory.Contains(path))
            return path;
        var (stored, below) = directory.Split(path);
        return realPath(stored) is { } place ? place + below : null;
    }

    /// <summary>Follows every link in a path.</summary>
    /// <returns>Null when it leads nowhere.</returns>
    /// <exception cref="StoreException">Something on the way cannot be looked at.</exception>
    public FoundFile? Follow(string path)
    {
        try
        {
            return FollowLinks(path);
        }
        catch (Win32Exception failure)
        {
            throw new StoreException(failure.Message, failure);
        }
    }

    private FoundFile? FollowLinks(string path)
    {
        var rest = new Stack<string>(Parts(path));
        var at = "";
        FoundFile? found = null;
        for (var followed = 0; rest.TryPop(out var part); )
        {
            if (part == "..")
            {
                at = at.LastIndexOf('/') is > 0 and var slash ? at[..slash] : "";
                continue;
            }

            var next = $"{at}/{part}";
            if (IsAboveObjects(next))
            {
                at = next;
                continue;
            }

            if (Real(next) is not { } real || FileStatus.TryGet(real) is not { } status)
                return null;
            if (status.Kind != FileKind.SymbolicLink)
            {
                found = new(next, real, status.Kind);
                at = next;
                continue;
            }

            if (++followed > FollowedMax)
                return null;
            var target = Encoding.UTF8.GetString(SymbolicLink.ReadTarget(real));
            if (target.StartsWith('/'))
                at = "";
            foreach (var step in Parts(target))
                rest.Push(step);
        }

        return found;
    }

    // These folders need not exist where a store lies elsewhere.
    private bool IsAboveObjects(string path) =>
        path == directory.Path || directory.Path.StartsWith(path + '/', StringComparison.Ordinal);

    // The last one first.
    private static IEnumerable<string> Parts(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();
}

/// <param name="Path">Without links, as programs see it.</param>
/// <param name="RealPath">Where it lies on this machine.</param>
/// <param name="Kind">Never a link.</param>
public sealed record FoundFile(string Path, string RealPath, FileKind Kind);
