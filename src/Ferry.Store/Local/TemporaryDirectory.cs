using Ferry.Platform.Files;

namespace Ferry.Store.Local;

/// <summary>A directory in the store for something whose path is not known yet; removed when disposed of.</summary>
/// <remarks>Locked while it is in use, which tells stock's collector to leave it; one that a killed process left it removes.</remarks>
internal sealed class TemporaryDirectory : IDisposable
{
    private const int OwnerOnly = 0b111_000_000;

    private static int s_count;

    private readonly FileLock _lock;

    private TemporaryDirectory(string path, FileLock held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be made.</exception>
    public static TemporaryDirectory Create(string parent)
    {
        while (true)
        {
            var number = Interlocked.Increment(ref s_count);
            var path = $"{parent}/tmp-{Environment.ProcessId}-{number}";
            if (!Names.TryMakeDirectory(path, OwnerOnly))
                continue;
            var held = FileLock.OpenDirectory(path);
            // Between making and locking a collector may have removed it.
            if (held.TryAcquire(FileLockKind.Exclusive) && !held.IsStale())
                return new TemporaryDirectory(path, held);
            held.Dispose();
        }
    }

    public void Dispose()
    {
        Trees.Remove(Path);
        _lock.Dispose();
    }
}
