using Ferry.Platform.Files;

namespace Ferry.Build.Goals;

/// <summary>Keeps other processes, Ferry's and stock's, from building the same outputs at the same time.</summary>
/// <remarks>
/// One lock file an output: <c>PATH.lock</c> beside it in the store. Taken in order of the paths, so that two builders
/// never wait for each other. A lock file that was removed has a byte in it: whoever waited for it must open it anew.
/// Source: stock's <c>pathlocks</c>, which the same store may see at the same time.
/// </remarks>
public sealed class OutputLocks : IDisposable
{
    // Nobody tells when a lock becomes free, so it is asked for again and again.
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(50);

    private readonly List<FileLock> _locks = [];
    private bool _removesFiles;

    private OutputLocks() { }

    /// <param name="realPaths">The outputs' real paths.</param>
    /// <param name="waiting">Called once when someone else holds a lock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">Asked to stop; no lock is held.</exception>
    public static OutputLocks Acquire(
        IEnumerable<string> realPaths,
        Action waiting,
        CancellationToken cancellationToken
    )
    {
        var locks = new OutputLocks();
        var hasTold = false;
        try
        {
            foreach (var path in realPaths.Order(StringComparer.Ordinal))
            {
                FileLock? held;
                while ((held = TryAcquire(path + ".lock")) is null)
                {
                    if (!hasTold)
                        waiting();
                    hasTold = true;
                    cancellationToken.WaitHandle.WaitOne(s_pollInterval);
                    cancellationToken.ThrowIfCancellationRequested();
                }

                locks._locks.Add(held);
            }
        }
        catch
        {
            locks.Dispose();
            throw;
        }

        return locks;
    }

    /// <summary>The outputs are valid: nobody needs the lock files any more.</summary>
    public void RemoveFilesAtEnd() => _removesFiles = true;

    public void Dispose()
    {
        foreach (var held in _locks)
        {
            if (_removesFiles)
            {
                _ = Names.RemoveFile(held.Path);
                RandomAccess.Write(held.Handle, "d"u8, 0);
            }

            held.Dispose();
        }

        _locks.Clear();
    }

    private static FileLock? TryAcquire(string path)
    {
        while (true)
        {
            var candidate = FileLock.Open(path);
            if (!candidate.TryAcquire(FileLockKind.Exclusive))
            {
                candidate.Dispose();
                return null;
            }

            if (RandomAccess.GetLength(candidate.Handle) == 0 && !candidate.IsStale())
                return candidate;
            candidate.Dispose();
        }
    }
}
