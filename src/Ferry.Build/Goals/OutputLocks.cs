using Ferry.Store.Local.Locks;

namespace Ferry.Build.Goals;

/// <summary>Keeps other builders, of this program and of stock, from making the same outputs at the same time.</summary>
internal static class OutputLocks
{
    // Nobody tells when a lock becomes free, and a wait in the kernel could not be stopped.
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(50);

    /// <param name="realPaths">The outputs' real paths.</param>
    /// <param name="waiting">Called once when someone else holds a lock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">Asked to stop; no lock is held.</exception>
    public static PathLocks Acquire(
        IReadOnlyCollection<string> realPaths,
        Action waiting,
        CancellationToken cancellationToken
    )
    {
        if (PathLocks.TryAcquire(realPaths) is { } free)
            return free;

        waiting();
        while (true)
        {
            cancellationToken.WaitHandle.WaitOne(s_pollInterval);
            cancellationToken.ThrowIfCancellationRequested();
            if (PathLocks.TryAcquire(realPaths) is { } held)
                return held;
        }
    }
}
