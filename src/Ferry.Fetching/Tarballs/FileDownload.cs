using Ferry.Fetching.Downloads;
using Ferry.Formats.Inputs;
using Ferry.Formats.StorePaths;
using Ferry.Store;

namespace Ferry.Fetching.Tarballs;

/// <param name="Url">Complete.</param>
/// <param name="Name">Of the store path.</param>
public sealed record FileRequest(string Url, string Name)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}

/// <param name="Path">Where the file is in the store.</param>
/// <param name="FinalUrl">Where the server sent us in the end.</param>
public sealed record DownloadedFile(StorePath Path, string FinalUrl);

/// <summary>Fetches single files into the store, with the answers of servers remembered.</summary>
internal static class FileDownload
{
    private const string Domain = "file";

    public static DownloadedFile Run(Fetcher fetcher, FileRequest request)
    {
        var store = fetcher.Store;
        var question = InputAttributes.Of(("url", request.Url), ("name", request.Name));
        var known = fetcher.Cache.Find(Domain, question);
        var path = known is null ? null : store.Directory.TryParse(known.Value.RequireText("path"));
        if (path is not null)
            store.AddTemporaryRoot(path);
        if (path is null || !store.IsValid(path))
            (known, path) = (null, null);
        var knownUrl = known?.Value.Text("finalUrl") ?? request.Url;
        if (known is { IsExpired: false })
            return new(path!, knownUrl);

        using var file = TemporaryFile(fetcher);
        DownloadResult result;
        try
        {
            result = fetcher.Parts.Downloader.Download(
                new DownloadRequest(request.Url, file)
                {
                    Headers = request.Headers,
                    KnownTag = known?.Value.Text("etag"),
                    Retrying = fetcher.Parts.Note,
                },
                fetcher.Parts.CancellationToken
            );
        }
        catch (DownloadException failure) when (known is not null)
        {
            fetcher.Parts.Warn($"{failure.Message}; using cached version");
            return new(path!, knownUrl);
        }

        if (!result.IsUnchanged)
            path = Add(store, request.Name, file);
        var answer = InputAttributes.Of(
            ("etag", result.IsUnchanged ? known!.Value.Text("etag") ?? "" : result.Tag),
            ("path", store.Directory.Format(path!)),
            ("finalUrl", result.FinalUrl)
        );
        foreach (var url in new[] { request.Url, result.FinalUrl }.Distinct())
            fetcher.Cache.Remember(Domain, question.With("url", url), answer);
        return new(path!, result.FinalUrl);
    }

    /// <summary>An empty file that is gone when it is closed.</summary>
    internal static FileStream TemporaryFile(Fetcher fetcher) =>
        new(
            fetcher.Trees.TemporaryFile(),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 1 << 16,
            FileOptions.DeleteOnClose
        );

    private static StorePath Add(IStore store, string name, FileStream file) =>
        store.AddTree(
            new TreeToAdd(
                name,
                target =>
                {
                    file.Position = 0;
                    target.BeginFile(isExecutable: false, file.Length);
                    var buffer = new byte[1 << 16];
                    int count;
                    while ((count = file.Read(buffer)) > 0)
                        target.FileContents(buffer.AsSpan(0, count));
                    target.EndFile();
                }
            )
            {
                Method = ContentAddressMethod.Flat,
            }
        );
}
