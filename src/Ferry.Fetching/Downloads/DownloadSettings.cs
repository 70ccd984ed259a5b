namespace Ferry.Fetching.Downloads;

/// <summary>How files are fetched. Names in brackets are stock's settings.</summary>
public sealed record DownloadSettings
{
    /// <summary>Tries in all before giving up [download-attempts].</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Until a connection stands [connect-timeout].</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Without a single byte [stalled-download-timeout].</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The first pause before another try; each later one is about twice as long.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The pause after a server said "too many requests" without saying for how long.</summary>
    public TimeSpan BusyPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Certificates to trust, in PEM; null means the system's own [ssl-cert-file].</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Names and passwords for servers; null means none [netrc-file].</summary>
    public string? NetrcFile { get; init; }

    /// <summary>Servers that have files under <c>KIND/HASH</c>, asked first [hashed-mirrors].</summary>
    public IReadOnlyList<string> HashedMirrors { get; init; } = [];

    public string UserAgent { get; init; } = "Ferry/0.1 (like Nix)";
}
