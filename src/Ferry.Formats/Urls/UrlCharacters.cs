namespace Ferry.Formats.Urls;

/// <summary>Which characters may stand where, by RFC 3986 and by what Nix lets pass besides.</summary>
internal static class UrlCharacters
{
    private const string SubDelimiters = "!$&'()*+,;=";

    public static bool IsInScheme(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.';

    public static bool IsInHost(char c) =>
        PercentEncoding.IsUnreserved(c) || SubDelimiters.Contains(c) || c == '%';

    public static bool IsInUser(char c) => IsInHost(c) || c == ':';

    public static bool IsInPath(char c) => IsInHost(c) || c is ':' or '@' or '/';

    public static bool IsInQuery(char c) => IsInPath(c) || c == '?';

    /// <summary>Old flake references have these in their queries without an escape.</summary>
    public static bool IsInLenientQuery(char c) => IsInQuery(c) || c is ' ' or '"';

    public static bool IsInLenientFragment(char c) => IsInLenientQuery(c) || c == '^';
}
