namespace Ferry.Debian.Fetching;

/// <summary>Brings files from a mirror over HTTP, with retries and time limits. Joined in by the program.</summary>
/// <remarks>Any number of threads may use one.</remarks>
public interface IMirrorTransport
{
    /// <summary>Fetches one file as it is; nothing is decompressed or checked.</summary>
    /// <exception cref="MirrorException">It is not to be had.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    void Download(MirrorRequest request, CancellationToken cancellationToken);
}

/// <param name="Url">Complete.</param>
/// <param name="Target">Empty, writable and seekable; a failed try may leave a beginning in it.</param>
public sealed record MirrorRequest(string Url, Stream Target)
{
    /// <summary>Takes bytes so far and, when known, bytes in all.</summary>
    public Action<long, long?> Progress { get; init; } = (_, _) => { };

    /// <summary>Takes a warning before another try.</summary>
    public Action<string> Retrying { get; init; } = _ => { };
}

/// <summary>A file of a mirror is not to be had. The message names its URL.</summary>
public sealed class MirrorException : Exception
{
    public MirrorException(string message, bool isMissing, Exception? inner = null)
        : base(message, inner) => IsMissing = isMissing;

    /// <summary>The server works and says that it has no such file.</summary>
    public bool IsMissing { get; }
}
