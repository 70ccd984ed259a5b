using Ferry.Evaluation.Ports;

namespace Ferry.Cli.Composition;

/// <summary>The search path of <c>&lt;name></c>: <c>-I</c>, then the setting or <c>NIX_PATH</c>.</summary>
internal static class SearchPathText
{
    public static IReadOnlyList<SearchPathEntry> Parse(SessionOptions options)
    {
        // A setting from a file or an option replaces the variable, as with stock.
        var rest = options.Settings.IsSet("nix-path")
            ? options.Settings.Words("nix-path")
            : Split(options.Environment.Variable("NIX_PATH") ?? "");
        return
        [
            .. options
                .SearchPath.Concat(rest)
                .Select(text => Entry(text, options.Environment.WorkingDirectory)),
        ];
    }

    private static SearchPathEntry Entry(string text, string workingDirectory)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var location = text[(equals + 1)..];
        return new(
            equals < 0 ? "" : text[..equals],
            IsLocal(location) ? Path.GetFullPath(location, workingDirectory) : location
        );
    }

    private static bool IsLocal(string location) =>
        !location.Contains("://", StringComparison.Ordinal)
        && !location.StartsWith("flake:", StringComparison.Ordinal)
        && !location.StartsWith("channel:", StringComparison.Ordinal);

    // Colons separate entries, except the one of a URL such as "https://…" or "flake:…".
    private static List<string> Split(string text)
    {
        var entries = new List<string>();
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && (text[at] != ':' || IsScheme(text[start..at], text[at..])))
                continue;
            if (at > start)
                entries.Add(text[start..at]);
            start = at + 1;
        }

        return entries;
    }

    private static bool IsScheme(string before, string after)
    {
        var name = before[(before.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return after.StartsWith("://", StringComparison.Ordinal) || name is "flake" or "channel";
    }
}
