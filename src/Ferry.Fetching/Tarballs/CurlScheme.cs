using System.Globalization;
using Ferry.Fetching.Inputs;
using Ferry.Formats.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Tarballs;

/// <summary>What files and archives from a URL have in common.</summary>
internal abstract class CurlScheme : InputScheme
{
    private static readonly string[] s_transports = ["file", "http", "https"];

    private static readonly string[] s_archiveSuffixes =
    [
        ".zip",
        ".tar",
        ".tgz",
        ".tar.gz",
        ".tar.xz",
        ".tar.bz2",
        ".tar.zst",
    ];

    public override IReadOnlySet<string> AllowedAttributes { get; } =
        new HashSet<string>
        {
            "url",
            "narHash",
            "name",
            "unpack",
            "rev",
            "revCount",
            "lastModified",
        };

    /// <summary>Whether a URL without <c>file+</c> or <c>tarball+</c> means this scheme.</summary>
    protected abstract bool TakesPlain(bool mustBeTree, bool looksLikeArchive);

    public override InputAttributes? TryParse(Url url, bool mustBeTree)
    {
        if (!s_transports.Contains(url.Transport))
            return null;
        var isOurs = url.Application is { } application
            ? application == Name
            : TakesPlain(mustBeTree, s_archiveSuffixes.Any(url.Path[^1].EndsWith));
        if (!isOurs)
            return null;

        var attributes = InputAttributes.Of(("type", Name));
        foreach (var name in (ReadOnlySpan<string>)["narHash", "rev"])
        {
            if (url.Query.TryGetValue(name, out var value))
                attributes = attributes.With(name, value);
        }

        foreach (var name in (ReadOnlySpan<string>)["revCount", "lastModified"])
        {
            if (
                url.Query.TryGetValue(name, out var text)
                && ulong.TryParse(
                    text,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
            )
                attributes = attributes.With(name, number);
        }

        // What is for Nix is not for the server.
        var query = url.Query.RemoveRange(AllowedAttributes);
        var plain = url with { Scheme = url.Transport, Query = query };
        return attributes.With("url", plain.ToString());
    }

    public override InputAttributes Normalise(InputAttributes attributes) => attributes;

    public override Url ToUrl(FetchInput input)
    {
        var url = Url.Parse(input.Attributes.RequireText("url"));
        return input.NarHash is { } hash ? url.WithQuery("narHash", hash.ToSri()) : url;
    }

    public override bool IsLocked(FetchInput input, FetchSettings settings) =>
        input.Attributes.Contains("narHash");
}
