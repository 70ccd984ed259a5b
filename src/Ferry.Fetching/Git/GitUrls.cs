using Ferry.Formats.Urls;

namespace Ferry.Fetching.Git;

/// <summary>The ways in which people write where a repository is.</summary>
internal static class GitUrls
{
    /// <summary>A URL from a URL, a path, or <c>user@host:path</c>; without <c>git+</c>.</summary>
    /// <exception cref="BadUrlException">It is none of these.</exception>
    public static Url Fix(string text)
    {
        if (!text.StartsWith('/') && TryParseScp(text) is { } scp)
            text = scp;
        if (
            !text.StartsWith("file:", StringComparison.Ordinal)
            && !text.StartsWith("git+file:", StringComparison.Ordinal)
            && !text.Contains("://")
        )
        {
            var path = Url.SplitFilePath(text);
            if (path[0].Contains(':'))
                throw new BadUrlException(
                    $"SCP-like URL '{text}' is not supported; use SSH URL syntax instead (ssh://...)"
                );
            return new Url
            {
                Scheme = "file",
                Authority = text.StartsWith('/') ? UrlAuthority.Empty : null,
                Path = path,
            };
        }

        var url = Url.Parse(text);
        return url.Application == "git" ? url with { Scheme = url.Transport } : url;
    }

    // USER@HOST:PATH with no slash before the "@"; the last colon counts.
    private static string? TryParseScp(string text)
    {
        var at = text.IndexOf('@');
        var colon = text.LastIndexOf(':');
        return at >= 0 && colon > at && !text[..at].Contains('/')
            ? $"ssh://{text[..colon]}/{text[(colon + 1)..]}"
            : null;
    }
}
