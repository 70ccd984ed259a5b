using System.Text;
using Ferry.Builtins.RegularExpressions;
using Ferry.Formats.Urls;

namespace Ferry.Cli.Profiles;

/// <summary>The name that a package gets in a profile, from the reference that it came from.</summary>
/// <remarks>Source: stock 2.34.8 by what it does; the manual says only that names are short.</remarks>
internal static class ElementName
{
    private const string Part = "[a-zA-Z0-9_-]+";

    private static readonly PosixRegex s_lastAttribute = Compile($@"(({Part}\.)*)({Part})(\^.*)?");

    private static readonly PosixRegex s_secondPart = Compile($"{Part}/({Part})(/.*)?");

    private static readonly PosixRegex s_lastPart = Compile($".*/({Part})");

    public static string Of(ProfileElement element) =>
        (element.Source is { } source ? OfReference(source.ToString()) : null)
        ?? element.Identifier;

    /// <returns>Null when the reference says too little.</returns>
    /// <exception cref="BadUrlException">It is no URL.</exception>
    public static string? OfReference(string reference)
    {
        var url = Url.Parse(reference, isLenient: true);
        if (url.Query.TryGetValue("dir", out var folder))
            return folder;

        if (
            Match(s_lastAttribute, url.Fragment) is [_, var before, _, var last, ..]
            && before != "defaultPackage."
            && last != "default"
        )
            return last;

        var path = string.Join('/', url.Path);
        if (
            url.Scheme is "github" or "gitlab" or "sourcehut"
            && Match(s_secondPart, path) is [_, var repository, ..]
        )
            return repository;
        return Match(s_lastPart, path) is [_, var name, ..] ? name : null;
    }

    private static PosixRegex Compile(string pattern) =>
        PosixRegex.Compile(Encoding.UTF8.GetBytes(pattern));

    // The groups' texts; null when the whole text does not match.
    private static string[]? Match(PosixRegex regex, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return regex.MatchWhole(bytes) is { } groups
            ?
            [
                .. groups.Select(group =>
                    group.IsMatched ? Encoding.UTF8.GetString(bytes, group.Start, group.Length) : ""
                ),
            ]
            : null;
    }
}
