using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Inputs;

namespace Ferry.Fetching.Tarballs;

/// <summary><c>file+https://…</c>: one file as it is.</summary>
internal sealed class FileScheme : CurlScheme
{
    public override string Name => "file";

    protected override bool TakesPlain(bool mustBeTree, bool looksLikeArchive) =>
        !mustBeTree && !looksLikeArchive;

    public override FetchedTree Fetch(Fetcher fetcher, FetchInput input)
    {
        var url = input.Attributes.RequireText("url");
        var file = fetcher.DownloadFile(new(url, input.Name));
        var store = fetcher.Store;
        var hash = store.QueryInfo(file.Path)!.NarHash;
        return new(input.WithNarHash(hash), new DiskFileTree(store.RealPath(file.Path)))
        {
            Fingerprint = hash.ToSri(),
        };
    }
}
