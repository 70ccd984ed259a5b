using System.Net;
using System.Net.Http.Headers;

namespace Ferry.Fetching.Downloads;

/// <summary>One file over HTTP, through all its tries: knows how much has come and asks for the rest only.</summary>
/// <remarks>Owned by one download.</remarks>
internal sealed class HttpTransfer(
    HttpClient client,
    DownloadSettings settings,
    DownloadRequest download,
    Uri address
)
{
    public const int BufferSize = 128 << 10;

    // ENOSPC, which .NET gives as the error number itself on Unix.
    private const int NoSpace = 28;

    // Tells whether a later try gets the same file; without one the file is fetched from the start again.
    private EntityTagHeaderValue? _tag;
    private DateTimeOffset? _modified;

    /// <summary>Sent to the address itself and not to where it redirects.</summary>
    public AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>Bytes in the target.</summary>
    public long Received { get; private set; }

    /// <exception cref="DownloadException">This try failed.</exception>
    public async Task<DownloadResult> RunAsync(CancellationToken cancellationToken)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stall.CancelAfter(settings.ConnectTimeout + settings.StallTimeout);
        try
        {
            using var request = Request();
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                stall.Token
            );
            if (IsUnchanged(response) || IsCompleteAlready(response))
                return ResultOf(response);
            if (!response.IsSuccessStatusCode)
                throw DownloadException.Refused(
                    download.Url,
                    (int)response.StatusCode,
                    PauseOf(response)
                );
            await CopyAsync(response, stall);
            return ResultOf(response);
        }
        catch (OperationCanceledException stopped) when (!cancellationToken.IsCancellationRequested)
        {
            throw DownloadException.Broken(download.Url, "Timeout was reached (28)", stopped);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException && !IsDiskFull(failure))
        {
            throw DownloadException.Broken(download.Url, Reason(failure), failure);
        }
    }

    private HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = Authorization;
        foreach (var (name, value) in download.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (Received == 0 && download.KnownTag is { Length: > 0 } known)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        if (Received > 0 && (_tag is not null || _modified is not null))
        {
            request.Headers.Range = new RangeHeaderValue(Received, to: null);
            request.Headers.IfRange = _tag is not null
                ? new RangeConditionHeaderValue(_tag)
                : new RangeConditionHeaderValue(_modified!.Value);
        }

        return request;
    }

    private bool IsUnchanged(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.NotModified && download.KnownTag is { Length: > 0 };

    private DownloadResult ResultOf(HttpResponseMessage response) =>
        new(response.RequestMessage?.RequestUri?.AbsoluteUri ?? download.Url)
        {
            IsUnchanged = IsUnchanged(response),
            Tag = response.Headers.TryGetValues("ETag", out var tags) ? tags.First().Trim() : "",
            ImmutableUrl = LinkHeader.Immutable(response),
        };

    // Everything had come when the connection broke: there is no rest to ask for.
    private bool IsCompleteAlready(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable
        && response.Content.Headers.ContentRange?.Length == Received;

    private async Task CopyAsync(HttpResponseMessage response, CancellationTokenSource stall)
    {
        if (response.StatusCode != HttpStatusCode.PartialContent)
            StartAnew();
        // A weak tag promises no equal bytes.
        _tag = response.Headers.ETag is { IsWeak: false } strong ? strong : null;
        _modified = response.Content.Headers.LastModified;

        var expected = Received + response.Content.Headers.ContentLength;
        await using var body = await response.Content.ReadAsStreamAsync(stall.Token);
        var buffer = new byte[BufferSize];
        while (true)
        {
            stall.CancelAfter(settings.StallTimeout);
            var count = await body.ReadAsync(buffer, stall.Token);
            if (count == 0)
                break;
            await download.Target.WriteAsync(buffer.AsMemory(0, count), stall.Token);
            Received += count;
            download.Progress(Received, expected);
        }

        if (expected is { } length && Received < length)
            throw new HttpIOException(HttpRequestError.ResponseEnded);
    }

    private void StartAnew()
    {
        download.Target.SetLength(0);
        Received = 0;
    }

    private TimeSpan? PauseOf(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.TooManyRequests)
            return null;
        var asked = response.Headers.RetryAfter?.Delta;
        return asked < settings.BusyPause ? asked : settings.BusyPause;
    }

    private static bool IsDiskFull(Exception failure) =>
        failure is IOException { HResult: NoSpace };

    private static string Reason(Exception failure) =>
        failure.GetBaseException().Message is { Length: > 0 } message
            ? message
            : "broken connection";
}
