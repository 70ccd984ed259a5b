using Ferry.Fetching.Archives;
using Ferry.Fetching.Downloads;
using Ferry.Fetching.FileTrees;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;
using Ferry.Formats.Urls;
using Ferry.Store;
using Ferry.Store.FileTrees;

namespace Ferry.Fetching.Tarballs;

/// <param name="Url">Complete.</param>
public sealed record PrefetchRequest(string Url)
{
    /// <summary>Of the store path; null for the last part of the URL.</summary>
    public string? Name { get; init; }

    public HashKind HashKind { get; init; } = HashKind.Sha256;

    /// <summary>Nothing is fetched when the store has it; anything else is refused. Decides the kind of hash.</summary>
    public Hash? Expected { get; init; }

    /// <summary>The file is an archive; what is in it goes to the store.</summary>
    public bool Unpacks { get; init; }

    public bool IsExecutable { get; init; }
}

/// <param name="Path">Where it is in the store.</param>
/// <param name="Hash">Of the file, or of the NAR of what is no plain file.</param>
public sealed record PrefetchedFile(StorePath Path, Hash Hash);

/// <summary>Fetches what a fixed-output derivation would fetch, so that its hash can be written down.</summary>
internal static class FilePrefetch
{
    /// <exception cref="DownloadException">It is not to be had.</exception>
    /// <exception cref="FetchException">It has no name, another hash, or is no archive.</exception>
    public static PrefetchedFile Run(Fetcher fetcher, PrefetchRequest request)
    {
        var name = request.Name ?? NameOf(request.Url);
        var method =
            request.Unpacks || request.IsExecutable
                ? ContentAddressMethod.Recursive
                : ContentAddressMethod.Flat;
        var store = fetcher.Store;
        if (request.Expected is { } known)
        {
            var path = store.Paths.FixedOutput(name, new ContentAddress(method, known));
            store.AddTemporaryRoot(path);
            if (store.IsValid(path))
                return new(path, known);
        }

        using var file = FileDownload.TemporaryFile(fetcher);
        fetcher.Parts.Downloader.Download(
            new DownloadRequest(request.Url, file) { Retrying = fetcher.Parts.Note },
            fetcher.Parts.CancellationToken
        );
        var kind = request.Expected?.Kind ?? request.HashKind;
        if (!request.Unpacks)
            return Add(request, Tree(file, request.IsExecutable));

        file.Position = 0;
        using var unpacked = ArchiveReader.Unpack(file, fetcher.Trees.TemporaryFile());
        return Add(request, target => TreeWalk.Write(Contents(request.Url, unpacked), target));

        PrefetchedFile Add(PrefetchRequest wanted, Action<INarTarget> write)
        {
            var hash =
                method == ContentAddressMethod.Recursive
                    ? NarIdentity.Of(write, kind).Hash
                    : HashOf(file, kind);
            if (wanted.Expected is { } expected && expected != hash)
                throw FetchException.HashMismatch(
                    $"hash mismatch for '{wanted.Url}': expected '{expected.ToSri()}' but got '{hash.ToSri()}'"
                );
            var tree = new TreeToAdd(name, write) { Method = method, HashKind = kind };
            return new(store.AddTree(tree), hash);
        }
    }

    private static string NameOf(string url)
    {
        var name = Url.Parse(url, isLenient: true).Path.LastOrDefault(part => part.Length > 0);
        if (string.IsNullOrEmpty(name))
            throw new FetchException($"cannot figure out file name for '{url}'");
        return StorePathName.Check(name) is { } fault
            ? throw new FetchException(
                $"{fault} (file name '{name}' was extracted from URL '{url}')"
            )
            : name;
    }

    private static Hash HashOf(FileStream file, HashKind kind)
    {
        file.Position = 0;
        return Hash.Compute(kind, file);
    }

    private static Action<INarTarget> Tree(FileStream file, bool isExecutable) =>
        target =>
        {
            file.Position = 0;
            target.BeginFile(isExecutable, file.Length);
            var buffer = new byte[1 << 16];
            int count;
            while ((count = file.Read(buffer)) > 0)
                target.FileContents(buffer.AsSpan(0, count));
            target.EndFile();
        };

    // The one file or directory at the top of an archive is what is meant.
    private static IFileTree Contents(string url, IFileTree archive) =>
        archive.List("") switch
        {
            [] => throw new FetchException($"archive '{url}' is empty"),
            [var only] => new SubTree(archive, "/" + only.Name),
            _ => archive,
        };
}
