using Ferry.Evaluation.Ports;

namespace Ferry.Cli.Composition;

/// <summary>The search path of <c>&lt;name></c>: <c>-I</c>, then the setting <c>nix-path</c>, then channels.</summary>
internal static class SearchPathText
{
    public static IReadOnlyList<SearchPathEntry> Parse(SessionOptions options) =>
        [
            .. options
                .SearchPath.Concat(options.Settings.Words("nix-path"))
                .Concat(options.Settings.Switch("restrict-eval") ? [] : Channels(options))
                .Select(Entry),
        ];

    private static SearchPathEntry Entry(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return new(equals < 0 ? "" : text[..equals], text[(equals + 1)..]);
    }

    // What 'nix-channel' keeps, where there is any.
    private static IEnumerable<string> Channels(SessionOptions options)
    {
        var environment = options.Environment;
        if (environment.Home is { } home && Path.Exists($"{home}/.nix-defexpr/channels"))
            yield return $"{home}/.nix-defexpr/channels";
        var state = environment.Variable("NIX_STATE_DIR") ?? "/nix/var/nix";
        var root = $"{state}/profiles/per-user/root/channels";
        if (Path.Exists($"{root}/nixpkgs"))
            yield return $"nixpkgs={root}/nixpkgs";
        if (Path.Exists(root))
            yield return root;
    }

    // Colons separate entries, except the one of a URL such as "https://…" or "flake:…".
    public static List<string> Split(string text)
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
