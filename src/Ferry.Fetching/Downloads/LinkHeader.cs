namespace Ferry.Fetching.Downloads;

/// <summary>Reads the header <c>Link</c>: <c>&lt;URL>; rel="immutable", …</c>.</summary>
/// <remarks>Source: RFC 8288, and Nix manual, "Lockable HTTP Tarball Protocol".</remarks>
internal static class LinkHeader
{
    /// <returns>Null when the server names no such URL.</returns>
    public static string? Immutable(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Link", out var links)
            ? links.Select(Immutable).FirstOrDefault(url => url is not null)
            : null;

    /// <param name="header">One header's value.</param>
    public static string? Immutable(string header)
    {
        var rest = header;
        while (rest.IndexOf('<') is >= 0 and var start)
        {
            var end = rest.IndexOf('>', start);
            if (end < 0)
                return null;
            var next = rest.IndexOf('<', end);
            var parameters = next < 0 ? rest[(end + 1)..] : rest[(end + 1)..next];
            if (parameters.Split(';', ',').Any(IsImmutable))
                return rest[(start + 1)..end];
            rest = next < 0 ? "" : rest[next..];
        }

        return null;
    }

    private static bool IsImmutable(string parameter) =>
        parameter.Trim() is "rel=\"immutable\"" or "rel=immutable";
}
