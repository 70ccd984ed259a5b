using System.Globalization;
using System.Text;

namespace Ferry.Formats.Urls;

/// <summary>What stands between <c>//</c> and the path of a URL, decoded.</summary>
/// <param name="Host">Empty for this machine; an IPv6 address without its brackets.</param>
public sealed record UrlAuthority(string Host)
{
    public static readonly UrlAuthority Empty = new("");

    /// <summary>Null when no name was given, which is not the same as an empty one.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    public ushort? Port { get; init; }

    /// <summary>The host was written in brackets.</summary>
    public bool IsAddressLiteral { get; init; }

    /// <exception cref="BadUrlException">A character or the port is not allowed.</exception>
    public static UrlAuthority Parse(string text)
    {
        var at = text.LastIndexOf('@');
        var place = text[(at + 1)..];
        var isLiteral = place.StartsWith('[');
        var hostEnd = isLiteral ? place.IndexOf(']') + 1 : place.IndexOf(':');
        if (isLiteral && hostEnd == 0)
            throw Invalid(text);
        var host = hostEnd < 0 ? place : place[..hostEnd];
        var rest = hostEnd < 0 ? "" : place[hostEnd..];
        if (rest.Length > 0 && rest[0] != ':')
            throw Invalid(text);

        var authority = new UrlAuthority(
            isLiteral ? PercentEncoding.Decode(host[1..^1]) : PercentEncoding.Decode(host)
        )
        {
            IsAddressLiteral = isLiteral,
            Port = rest.Length > 1 ? ParsePort(rest[1..]) : null,
        };
        if (!isLiteral && !host.All(UrlCharacters.IsInHost))
            throw Invalid(text);
        return at < 0 ? authority : WithUser(authority, text[..at], text);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        if (User is not null)
        {
            text.Append(PercentEncoding.Encode(User));
            if (Password is not null)
                text.Append(':').Append(PercentEncoding.Encode(Password));
            text.Append('@');
        }

        if (IsAddressLiteral)
            text.Append('[').Append(PercentEncoding.Encode(Host, ":")).Append(']');
        else
            text.Append(PercentEncoding.Encode(Host));
        if (Port is { } port)
            text.Append(':').Append(port);
        return text.ToString();
    }

    private static UrlAuthority WithUser(UrlAuthority authority, string user, string text)
    {
        if (!user.All(UrlCharacters.IsInUser))
            throw Invalid(text);
        var colon = user.IndexOf(':');
        return authority with
        {
            User = PercentEncoding.Decode(colon < 0 ? user : user[..colon]),
            Password = colon < 0 ? null : PercentEncoding.Decode(user[(colon + 1)..]),
        };
    }

    private static ushort ParsePort(string text)
    {
        if (!text.All(char.IsAsciiDigit))
            throw Invalid(text);
        return ushort.TryParse(text, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new BadUrlException($"port '{text}' is invalid");
    }

    private static BadUrlException Invalid(string text) =>
        new($"invalid URL authority: '{text}': leftover");
}
