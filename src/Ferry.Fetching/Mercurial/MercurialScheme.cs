using Ferry.Fetching.Inputs;
using Ferry.Formats.Hashing;
using Ferry.Formats.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Mercurial;

/// <summary><c>hg+https://…</c>: a revision of a Mercurial repository, or a working tree of this machine.</summary>
internal sealed class MercurialScheme : InputScheme
{
    private static readonly string[] s_transports = ["http", "https", "ssh", "file"];

    public override string Name => "hg";

    public override IReadOnlySet<string> AllowedAttributes { get; } =
        new HashSet<string> { "url", "ref", "rev", "revCount", "narHash", "name" };

    public override InputAttributes? TryParse(Url url, bool mustBeTree)
    {
        if (url.Application != Name || !s_transports.Contains(url.Transport))
            return null;
        var attributes = InputAttributes.Of(("type", Name));
        var query = Url.NoQuery.ToBuilder();
        foreach (var (name, value) in url.Query)
        {
            if (name is "rev" or "ref")
                attributes = attributes.With(name, value);
            else
                query[name] = value;
        }

        var plain = url with { Scheme = url.Transport, Query = query.ToImmutable() };
        return Normalise(attributes.With("url", plain.ToString()));
    }

    public override InputAttributes Normalise(InputAttributes attributes)
    {
        _ = Url.Parse(attributes.RequireText("url"));
        return attributes.Text("ref") is { } reference && !ReferenceNames.IsLegal(reference)
            ? throw new BadUrlException($"invalid Mercurial branch/tag name '{reference}'")
            : attributes;
    }

    public override Url ToUrl(FetchInput input)
    {
        var url = Url.Parse(input.Attributes.RequireText("url"));
        url = url with { Scheme = "hg+" + url.Scheme };
        if (input.Revision is { } revision)
            url = url.WithQuery("rev", RevisionText(revision));
        return input.Ref is { } reference ? url.WithQuery("ref", reference) : url;
    }

    public override bool IsLocked(FetchInput input, FetchSettings settings) =>
        input.Revision is not null;

    public override FetchInput WithOverrides(FetchInput input, string? reference, Hash? revision)
    {
        if (revision is not null)
            input = input.With("rev", RevisionText(revision));
        return reference is null ? input : input.With("ref", reference);
    }

    public override string? SourceFolder(FetchInput input) => FolderOf(input);

    public override FetchedTree Fetch(Fetcher fetcher, FetchInput input) =>
        new MercurialFetch(fetcher, Url.Parse(input.Attributes.RequireText("url"))).Run(input);

    private static string? FolderOf(FetchInput input)
    {
        var url = Url.Parse(input.Attributes.RequireText("url"));
        return url.Scheme == "file" && input.Ref is null && input.Revision is null
            ? url.FilePath
            : null;
    }
}
