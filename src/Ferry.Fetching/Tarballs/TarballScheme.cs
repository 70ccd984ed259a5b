using Ferry.Fetching.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Tarballs;

/// <summary><c>tarball+https://…</c>: an archive, unpacked.</summary>
internal sealed class TarballScheme : CurlScheme
{
    public override string Name => "tarball";

    protected override bool TakesPlain(bool mustBeTree, bool looksLikeArchive) =>
        mustBeTree || looksLikeArchive;

    public override FetchedTree Fetch(Fetcher fetcher, FetchInput input)
    {
        var archive = ArchiveDownload.Run(
            fetcher,
            new ArchiveRequest(input.Attributes.RequireText("url"))
        );
        if (archive.ImmutableUrl is { } immutable)
        {
            input = InputSchemes.Parse(Url.Parse(immutable));
            if (input.Type != Name)
                throw new FetchException(
                    "tarball 'Link' headers that redirect to non-tarball URLs are not supported"
                );
        }

        if (archive.LastModified != 0 && !input.Attributes.Contains("lastModified"))
            input = input.With("lastModified", archive.LastModified);
        return new(input.WithNarHash(archive.NarHash), archive.Tree)
        {
            Fingerprint = archive.NarHash.ToSri(),
        };
    }
}
