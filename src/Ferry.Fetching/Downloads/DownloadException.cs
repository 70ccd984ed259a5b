namespace Ferry.Fetching.Downloads;

/// <summary>A file could not be fetched. The message names the URL and says what happened.</summary>
public sealed class DownloadException : Exception
{
    private const int NotFound = 404;
    private const int Gone = 410;

    private DownloadException(string message, bool isTransient, TimeSpan? pause, Exception? inner)
        : base(message, inner) => (IsTransient, Pause) = (isTransient, pause);

    /// <summary>Another try may help.</summary>
    public bool IsTransient { get; }

    /// <summary>The server works and says that it has no such file.</summary>
    public bool IsMissing { get; private init; }

    /// <summary>How long the server wants to be left alone; null when it did not say.</summary>
    public TimeSpan? Pause { get; }

    public static DownloadException Refused(string url, int status, TimeSpan? pause) =>
        new(
            $"unable to download '{url}': HTTP error {status}",
            IsWorthAnotherTry(status),
            pause,
            inner: null
        )
        {
            IsMissing = status is NotFound or Gone,
        };

    public static DownloadException Broken(string url, string reason, Exception inner) =>
        new($"unable to download '{url}': {reason}", isTransient: true, pause: null, inner);

    public static DownloadException Hopeless(string url, string reason, Exception? inner = null) =>
        new($"unable to download '{url}': {reason}", isTransient: false, pause: null, inner);

    /// <summary>Of the client's errors only a timeout and "too many requests" pass; of the server's nearly all do.</summary>
    private static bool IsWorthAnotherTry(int status) =>
        status switch
        {
            408 or 429 => true,
            >= 400 and < 500 => false,
            501 or 505 or 511 => false,
            _ => true,
        };
}
