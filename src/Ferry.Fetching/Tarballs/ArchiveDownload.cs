using Ferry.Fetching.Archives;
using Ferry.Fetching.Downloads;
using Ferry.Fetching.FileTrees;
using Ferry.Formats.Hashing;
using Ferry.Formats.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Tarballs;

/// <param name="Url">Complete.</param>
internal sealed record ArchiveRequest(string Url)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}

/// <summary>An archive that was fetched and unpacked, now or earlier.</summary>
/// <param name="Tree">Its files, without the one directory that most archives have at the top.</param>
/// <param name="NarHash">Of the tree.</param>
/// <param name="LastModified">The newest time in it, in Unix seconds.</param>
internal sealed record FetchedArchive(IFileTree Tree, Hash NarHash, ulong LastModified)
{
    public string? ImmutableUrl { get; init; }
}

/// <summary>Fetches archives and unpacks them into the cache of trees.</summary>
internal static class ArchiveDownload
{
    private const string Domain = "tarball";

    public static FetchedArchive Run(Fetcher fetcher, ArchiveRequest request)
    {
        CheckLocalFile(request.Url);
        var question = InputAttributes.Of(("url", request.Url));
        var known = fetcher.Cache.Find(Domain, question);
        var cached = known is null ? null : Cached(fetcher, known.Value);
        if (cached is not null && known is { IsExpired: false })
            return cached;

        using var file = FileDownload.TemporaryFile(fetcher);
        DownloadResult result;
        try
        {
            fetcher.Parts.Note($"downloading '{request.Url}'");
            result = fetcher.Parts.Downloader.Download(
                new DownloadRequest(request.Url, file)
                {
                    Headers = request.Headers,
                    KnownTag = cached is null ? null : known!.Value.Text("etag"),
                    Retrying = fetcher.Parts.Note,
                },
                fetcher.Parts.CancellationToken
            );
        }
        catch (DownloadException failure) when (cached is not null)
        {
            fetcher.Parts.Warn($"{failure.Message}; using cached version");
            return cached;
        }

        var answer = result.IsUnchanged ? known!.Value : Unpack(fetcher, file, result);
        foreach (var url in new[] { request.Url, result.FinalUrl }.Distinct())
            fetcher.Cache.Remember(Domain, InputAttributes.Of(("url", url)), answer);
        // What is unchanged was opened to ask whether it has changed.
        return (result.IsUnchanged ? cached : Cached(fetcher, answer))
            ?? throw new FetchException(
                $"the unpacked archive of '{request.Url}' has vanished from the cache"
            );
    }

    /// <summary>Unpacks an archive into the cache.</summary>
    /// <param name="fetcher">Has the cache.</param>
    /// <param name="file">Seekable.</param>
    /// <param name="result">What the server said.</param>
    private static InputAttributes Unpack(Fetcher fetcher, FileStream file, DownloadResult result)
    {
        file.Position = 0;
        using var unpacked = ArchiveReader.Unpack(file, fetcher.Trees.TemporaryFile());
        var hash = fetcher.Trees.Add(SubTree.WithoutSingleDirectory(unpacked));
        var answer = InputAttributes.Of(
            ("etag", result.Tag),
            ("narHash", hash.ToSri()),
            ("lastModified", (ulong)Math.Max(0, unpacked.LastModified))
        );
        return result.ImmutableUrl is { } url ? answer.With("immutableUrl", url) : answer;
    }

    private static FetchedArchive? Cached(Fetcher fetcher, InputAttributes answer)
    {
        var hash = Hash.ParseSri(answer.RequireText("narHash"));
        return fetcher.Trees.Find(hash) is { } tree
            ? new(tree, hash, answer.Number("lastModified") ?? 0)
            {
                ImmutableUrl = answer.Text("immutableUrl"),
            }
            : null;
    }

    private static void CheckLocalFile(string text)
    {
        var url = Url.Parse(text);
        if (url.Scheme != "file")
            return;
        var path = url.FilePath;
        if (!path.StartsWith('/'))
            throw new FetchException(
                $"tarball '{url}' must use an absolute path. The 'file' scheme does not support relative paths."
            );
        if (!Path.Exists(path))
            throw new FetchException($"tarball \"{path}\" does not exist.");
        if (Directory.Exists(path))
            throw new FetchException(
                Path.Exists(Path.Combine(path, ".git"))
                    ? $"tarball \"{path}\" is a git repository, not a tarball. Please use `git+file` as the scheme."
                    : $"tarball \"{path}\" is a directory, not a file."
            );
    }
}
