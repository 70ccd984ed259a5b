using Ferry.Platform.Files;

namespace Ferry.Debian.Fetching;

/// <summary>Keeps processes apart that work in one cache: apt can serve only one.</summary>
internal static class CacheLock
{
    // How soon a waiting process notices that it is to stop.
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    /// <exception cref="OperationCanceledException">Asked to stop while another process held it.</exception>
    public static FileLock Acquire(
        DebianSettings settings,
        Action<string> log,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(settings.CacheDirectory);
        var exclusion = FileLock.Open(Path.Combine(settings.CacheDirectory, "lock"));
        try
        {
            for (var isFirst = true; !exclusion.TryAcquire(FileLockKind.Exclusive); isFirst = false)
            {
                if (isFirst)
                    log(
                        $"waiting for another program that fetches into '{settings.CacheDirectory}'"
                    );
                if (cancellationToken.WaitHandle.WaitOne(s_interval))
                    throw new OperationCanceledException(cancellationToken);
            }

            return exclusion;
        }
        catch
        {
            exclusion.Dispose();
            throw;
        }
    }
}
