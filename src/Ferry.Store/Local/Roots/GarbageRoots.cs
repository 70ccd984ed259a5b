using System.ComponentModel;
using System.Text;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;

namespace Ferry.Store.Local.Roots;

/// <summary>Links outside the store that keep objects from the collector: results, and the links to them in <c>gcroots/auto</c>.</summary>
public sealed class GarbageRoots(LocalStore store)
{
    private int _temporaryNames;

    /// <summary>Makes a link to a store path and registers it as a root, as <c>--add-root</c> and out-links do.</summary>
    /// <param name="link">Absolute path of the link; replaced atomically when it points into the store already.</param>
    /// <param name="path">What to keep.</param>
    /// <exception cref="StoreException">Something else is there, or the link would lie in the store.</exception>
    public void AddLink(string link, StorePath path)
    {
        var full = Path.GetFullPath(link);
        if (store.Directory.Contains(full) || IsBelow(full, store.Location.RealDirectory))
            throw new StoreException(
                $"creating a garbage collector root ({full}) in the Nix store is forbidden (are you running nix-build inside the store?)"
            );
        store.AddTemporaryRoot(path);
        if (FileStatus.TryGet(full) is { } status && !IsLinkIntoStore(full, status))
            throw new StoreException($"cannot create symlink '{full}'; already exists");
        Replace(full, store.Directory.Format(path));
        AddIndirect(full);
    }

    /// <summary>Registers a link anywhere as a root, for as long as it points into the store.</summary>
    public void AddIndirect(string link)
    {
        var name = Hash.Compute(HashKind.Sha1, Encoding.UTF8.GetBytes(link))
            .Format(HashFormat.Nix32, withKind: false);
        Replace($"{store.Location.StateDirectory}/gcroots/auto/{name}", link);
    }

    private bool IsLinkIntoStore(string path, FileStatus status) =>
        status.Kind == FileKind.SymbolicLink
        && store.Directory.Contains(Encoding.UTF8.GetString(SymbolicLink.ReadTarget(path)));

    private void Replace(string link, string target)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            var number = Interlocked.Increment(ref _temporaryNames);
            var temporary = $"{link}.tmp-{Environment.ProcessId}-{number}";
            File.Delete(temporary);
            SymbolicLink.Create(target, temporary);
            Names.Move(temporary, link);
        }
        catch (Exception exception)
            when (exception is Win32Exception or IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"creating symlink '{link}' -> '{target}': {exception.Message}",
                exception
            );
        }
    }

    private static bool IsBelow(string path, string directory) =>
        path.StartsWith(directory + '/', StringComparison.Ordinal);
}
