namespace Ferry.Formats.Urls;

/// <summary>One URL's text on its way to a <see cref="Url"/>. Owner: one call.</summary>
internal sealed class UrlParser(string text, bool isLenient)
{
    public Url Parse()
    {
        var (rest, fragment) = Cut(text, '#');
        (rest, var query) = Cut(rest, '?');
        var colon = rest.IndexOf(':');
        if (
            colon <= 0
            || !char.IsAsciiLetter(rest[0])
            || !rest[..colon].All(UrlCharacters.IsInScheme)
        )
            throw new BadUrlException(
                colon > 0 && !rest[..colon].Contains('/')
                    ? $"'{text}' is not a valid URL: leftover"
                    : $"'{text}' doesn't have a scheme"
            );
        var scheme = rest[..colon];
        rest = rest[(colon + 1)..];
        var authority = TakeAuthority(ref rest);
        Check(rest, UrlCharacters.IsInPath);
        Check(query ?? "", isLenient ? UrlCharacters.IsInLenientQuery : UrlCharacters.IsInQuery);
        Check(
            fragment ?? "",
            isLenient ? UrlCharacters.IsInLenientFragment : UrlCharacters.IsInQuery
        );

        var url = new Url { Scheme = scheme, Authority = authority };
        var isFile = url.Transport == "file";
        if (isFile && authority is { Host.Length: > 0 })
            throw new BadUrlException(
                $"file:// URL '{text}' has unexpected authority '{authority}'"
            );
        if (isFile && rest.Length == 0)
            rest = "/";
        return url with
        {
            Path = [.. rest.Split('/').Select(PercentEncoding.Decode)],
            Query = Url.ParseQuery(query ?? ""),
            Fragment = PercentEncoding.Decode(fragment ?? ""),
        };
    }

    private static UrlAuthority? TakeAuthority(ref string rest)
    {
        if (!rest.StartsWith("//", StringComparison.Ordinal))
            return null;
        var end = rest.IndexOf('/', 2);
        var authority = UrlAuthority.Parse(end < 0 ? rest[2..] : rest[2..end]);
        rest = end < 0 ? "" : rest[end..];
        return authority;
    }

    private void Check(string part, Func<char, bool> isAllowed)
    {
        for (var at = 0; at < part.Length; at++)
        {
            var isBroken =
                part[at] == '%'
                && (
                    at + 2 >= part.Length
                    || !char.IsAsciiHexDigit(part[at + 1])
                    || !char.IsAsciiHexDigit(part[at + 2])
                );
            if (isBroken || !isAllowed(part[at]))
                throw new BadUrlException($"'{text}' is not a valid URL: leftover");
        }
    }

    private static (string Before, string? After) Cut(string text, char separator)
    {
        var at = text.IndexOf(separator);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }
}
