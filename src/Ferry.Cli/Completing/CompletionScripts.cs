namespace Ferry.Cli.Completing;

/// <summary>The scripts by which shells ask for completions.</summary>
internal static class CompletionScripts
{
    public static IEnumerable<CompletionScript> All =>
        [
            new(
                Read("ferry.bash"),
                ["share/bash-completion/completions/ferry", "share/bash-completion/completions/nix"]
            ),
            new(Read("ferry.zsh"), ["share/zsh/site-functions/_ferry"]),
            new(
                Read("ferry.fish"),
                [
                    "share/fish/vendor_completions.d/ferry.fish",
                    "share/fish/vendor_completions.d/nix.fish",
                ]
            ),
        ];

    private static string Read(string name)
    {
        using var stream = typeof(CompletionScripts).Assembly.GetManifestResourceStream(
            "completion/" + name
        )!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <param name="Text">What the shell reads.</param>
/// <param name="Places">Where shells look for it, below a prefix.</param>
internal sealed record CompletionScript(string Text, IReadOnlyList<string> Places);
