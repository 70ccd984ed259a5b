using System.ComponentModel;
using Ferry.Platform.Files;

namespace Ferry.Store.Local.Locks;

/// <summary>Exclusive locks on store paths, by files <c>PATH.lock</c>, against other threads and other programs.</summary>
/// <remarks>
/// Stock's protocol: whoever removes a lock file writes a byte into it, so that those who wait on the removed file see
/// that they hold nothing. Disposing releases; a killed process leaves empty files, which do no harm.
/// </remarks>
public sealed class PathLocks : IDisposable
{
    private readonly List<FileLock> _locks = [];

    private PathLocks() { }

    /// <summary>Locks all paths, waiting for those that are held.</summary>
    /// <param name="realPaths">Where the objects' files lie, without <c>.lock</c>.</param>
    /// <param name="onWait">Called once for each path that somebody else holds, before waiting.</param>
    /// <exception cref="StoreException">A lock file cannot be made.</exception>
    public static PathLocks Acquire(IEnumerable<string> realPaths, Action<string>? onWait = null) =>
        Acquire(realPaths, onWait ?? (_ => { }), waits: true)!;

    /// <returns>Null when somebody holds one of the paths; nothing is locked then.</returns>
    /// <exception cref="StoreException">A lock file cannot be made.</exception>
    public static PathLocks? TryAcquire(IEnumerable<string> realPaths) =>
        Acquire(realPaths, _ => { }, waits: false);

    /// <summary>Whether to remove the lock files at the end: set it when the paths are done with for good.</summary>
    public bool RemovesFiles { get; set; }

    public void Dispose()
    {
        foreach (var held in _locks)
        {
            if (RemovesFiles)
            {
                File.Delete(held.Path.ToString());
                RandomAccess.Write(held.Handle, "d"u8, 0);
            }
            held.Dispose();
        }
        _locks.Clear();
    }

    private static PathLocks? Acquire(
        IEnumerable<string> realPaths,
        Action<string> onWait,
        bool waits
    )
    {
        var locks = new PathLocks();
        try
        {
            // One order for everybody, so that two who want the same paths cannot wait for each other.
            foreach (var path in realPaths.Distinct().Order(StringComparer.Ordinal))
            {
                if (AcquireOne(path, onWait, waits) is { } held)
                {
                    locks._locks.Add(held);
                    continue;
                }
                locks.Dispose();
                return null;
            }
            return locks;
        }
        catch (Win32Exception exception)
        {
            locks.Dispose();
            throw new StoreException(exception.Message, exception);
        }
    }

    private static FileLock? AcquireOne(string path, Action<string> onWait, bool waits)
    {
        while (true)
        {
            var held = FileLock.Open($"{path}.lock");
            if (!held.TryAcquire(FileLockKind.Exclusive))
            {
                if (!waits)
                {
                    held.Dispose();
                    return null;
                }
                onWait(path);
                held.Acquire(FileLockKind.Exclusive);
            }
            if (RandomAccess.GetLength(held.Handle) == 0)
                return held;
            // The file's name was removed while we waited: others may lock a new one.
            held.Dispose();
        }
    }
}
