using System.Net;

namespace Ferry.Debian.Fetching;

/// <summary>Packages by HTTP from a mirror, for hosts without apt. What comes is believed only by its hash.</summary>
internal sealed class MirrorSource(string mirror, HttpMessageHandler? handler = null)
    : IPackageSource,
        IDisposable
{
    private const int BufferSizeBytes = 1 << 17;

    private readonly HttpClient _client = new(
        handler ?? new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }
    );

    public string Mirror => mirror;

    public IReadOnlyDictionary<PinnedPackage, PackageFailure> Fetch(
        IReadOnlyList<PinnedPackage> packages,
        string directory,
        Action<PinnedPackage, long> progress,
        CancellationToken cancellationToken
    )
    {
        var failures = new Dictionary<PinnedPackage, PackageFailure>();
        foreach (var package in packages)
        {
            var file = Path.Combine(directory, package.Sha256);
            if (FetchOne(package, file, progress, cancellationToken) is { } failure)
                failures[package] = failure;
        }

        return failures;
    }

    public void Dispose() => _client.Dispose();

    private PackageFailure? FetchOne(
        PinnedPackage package,
        string file,
        Action<PinnedPackage, long> progress,
        CancellationToken cancellationToken
    )
    {
        var address = $"{mirror}/{package.Filename}";
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = _client.Send(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            if (!response.IsSuccessStatusCode)
                return new(
                    $"'{address}' answered {(int)response.StatusCode}",
                    response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone
                );
            using var content = response.Content.ReadAsStream(cancellationToken);
            using var target = File.Create(file, BufferSizeBytes);
            Copy(content, target, length => progress(package, length), cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new($"'{address}' cannot be fetched: {exception.Message}", IsGone: false);
        }
    }

    private static void Copy(
        Stream source,
        Stream target,
        Action<long> progress,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[BufferSizeBytes];
        var done = 0L;
        while (source.Read(buffer) is > 0 and var read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            target.Write(buffer, 0, read);
            done += read;
            progress(done);
        }
    }
}
