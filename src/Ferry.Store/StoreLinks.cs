using System.Text;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;

namespace Ferry.Store;

/// <summary>Finds store objects through links such as <c>./result</c>.</summary>
public static class StoreLinks
{
    // As in stock; beyond it the links lead in a circle.
    private const int FollowedMax = 1024;

    /// <summary>The object that a path names: itself or a file in it, or a link, or a link to a link, to one.</summary>
    /// <param name="store">Whose paths count.</param>
    /// <param name="path">Absolute.</param>
    /// <exception cref="StoreException">The path leads nowhere in the store.</exception>
    /// <exception cref="Formats.BadFormatException">What it leads to has no name of a store object.</exception>
    public static StorePath FollowLinks(this IStore store, string path)
    {
        var current = Path.GetFullPath(path);
        for (var followed = 0; !store.Directory.Contains(current); followed++)
        {
            if (FileStatus.TryGet(current) is not { Kind: FileKind.SymbolicLink })
                throw new StoreException($"path '{current}' is not in the Nix store");
            if (followed >= FollowedMax)
                throw new StoreException(
                    $"too many symbolic links encountered while resolving '{path}'"
                );
            var target = Encoding.UTF8.GetString(SymbolicLink.ReadTarget(current));
            current = Path.GetFullPath(target, Path.GetDirectoryName(current) ?? "/");
        }
        return store.Directory.Split(current).Path;
    }
}
