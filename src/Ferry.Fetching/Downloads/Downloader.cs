using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Downloads;

/// <summary>Fetches files by http, https and file URLs, with retries that go on where the last try ended.</summary>
/// <remarks>Any number of threads may use one. Proxies come from the environment, as curl reads it.</remarks>
public sealed class Downloader : IDisposable
{
    private const int RedirectsMax = 10;

    private readonly DownloadSettings _settings;

    // Reading the certificates takes longer than most commands that fetch nothing.
    private readonly Lazy<HttpClient> _client;
    private readonly Lazy<Netrc> _netrc;

    public Downloader(DownloadSettings settings)
    {
        _settings = settings;
        _netrc = new(() => settings.NetrcFile is { } file ? Netrc.Read(file) : Netrc.Empty);
        _client = new(() => CreateClient(settings));
    }

    public DownloadSettings Settings => _settings;

    /// <summary>Fetches one file as it is; nothing is decompressed.</summary>
    /// <exception cref="DownloadException">It is not to be had.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public DownloadResult Download(DownloadRequest request, CancellationToken cancellationToken)
    {
        var url = request.Url;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            throw DownloadException.Hopeless(
                url,
                "URL using bad/illegal format or missing URL (3)"
            );
        if (address.IsFile)
        {
            CopyFile(request, FilePath(url), cancellationToken);
            return new(url);
        }

        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
        {
            throw DownloadException.Hopeless(
                url,
                $"Unsupported protocol (1) Protocol \"{address.Scheme}\" not supported"
            );
        }

        return DownloadWithRetries(request, address, cancellationToken);
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private DownloadResult DownloadWithRetries(
        DownloadRequest request,
        Uri address,
        CancellationToken cancellationToken
    )
    {
        var attempts = Math.Min(_settings.Attempts, request.AttemptsMax);
        var transfer = new HttpTransfer(_client.Value, _settings, request, address)
        {
            Authorization = _netrc.Value.For(address.Host),
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // There is no synchronous way to stop a read that waits; this thread has nothing else to do.
                return transfer.RunAsync(cancellationToken).GetAwaiter().GetResult();
            }
            catch (DownloadException failure) when (failure.IsTransient && attempt < attempts)
            {
                var pause = failure.Pause ?? PauseAfter(attempt);
                request.Retrying(Warning(failure, transfer.Received, pause, attempt));
                cancellationToken.WaitHandle.WaitOne(pause);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    // Up to half as long again, so that many clients do not come back together.
    private TimeSpan PauseAfter(int attempt) =>
        _settings.RetryPause * Math.Pow(2, attempt - 1 + Random.Shared.NextDouble() / 2);

    private string Warning(DownloadException failure, long received, TimeSpan pause, int attempt)
    {
        var place = received > 0 ? $" from offset {received}" : "";
        return $"warning: {failure.Message}; retrying{place} in {pause.TotalMilliseconds:0} ms "
            + $"(attempt {attempt}/{_settings.Attempts})";
    }

    // Not by System.Uri, which makes backslashes and dots of its own out of some names.
    private static string FilePath(string url) => Url.Parse(url, isLenient: true).FilePath;

    private static void CopyFile(
        DownloadRequest request,
        string path,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var source = File.OpenRead(path);
            var expected = source.Length;
            var buffer = new byte[HttpTransfer.BufferSize];
            int count;
            while ((count = source.Read(buffer)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                request.Target.Write(buffer, 0, count);
                request.Progress(request.Target.Position, expected);
            }
        }
        catch (Exception failure)
            when (failure
                    is FileNotFoundException
                        or DirectoryNotFoundException
                        or UnauthorizedAccessException
            )
        {
            throw DownloadException.Hopeless(
                request.Url,
                $"Could not read a file:// file (37) Could not open file {path}",
                failure
            );
        }
    }

    private static HttpClient CreateClient(DownloadSettings settings)
    {
        var client = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectTimeout = settings.ConnectTimeout,
                MaxAutomaticRedirections = RedirectsMax,
                SslOptions = Trust(settings),
            }
        )
        {
            // Stalls are watched for instead: a large file may take as long as it needs.
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(settings.UserAgent);
        return client;
    }

    private static SslClientAuthenticationOptions Trust(DownloadSettings settings)
    {
        if (settings.CertificateFile is not { } file || !File.Exists(file))
            return new SslClientAuthenticationOptions();

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}

/// <summary>One file to be fetched.</summary>
/// <param name="Url">Complete.</param>
/// <param name="Target">Empty, writable and seekable; a failed try may leave a beginning in it.</param>
public sealed record DownloadRequest(string Url, Stream Target)
{
    /// <summary>Sent with every try.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The tag of a version that the caller has; the server may say that it is still the newest.</summary>
    public string? KnownTag { get; init; }

    /// <summary>Fewer tries than usual, where another URL can be asked instead.</summary>
    public int AttemptsMax { get; init; } = int.MaxValue;

    /// <summary>Takes bytes so far and, when known, bytes in all. Called on the downloading thread.</summary>
    public Action<long, long?> Progress { get; init; } = (_, _) => { };

    /// <summary>Takes a warning before another try. Called on the downloading thread.</summary>
    public Action<string> Retrying { get; init; } = _ => { };
}

/// <summary>What a server said of a file.</summary>
/// <param name="FinalUrl">Where it was after all redirections.</param>
public sealed record DownloadResult(string FinalUrl)
{
    /// <summary>The version that the caller knew is the newest; nothing was written.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>Identifies this version at this server; empty when the server gave none.</summary>
    public string Tag { get; init; } = "";

    /// <summary>A URL that will always give this version, by the header <c>Link</c>.</summary>
    public string? ImmutableUrl { get; init; }
}
