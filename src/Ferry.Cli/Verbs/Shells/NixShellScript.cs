namespace Ferry.Cli.Verbs.Shells;

/// <summary>What bash reads first in <c>nix-shell</c>: it prepares the shell as a build would, and runs the command.</summary>
internal sealed record NixShellScript
{
    private const string RedPrompt = "31";
    private const string GreenPrompt = "32";

    /// <summary>The folder to remove at the end.</summary>
    public required string Folder { get; init; }

    /// <summary>A path, or <c>bash</c>.</summary>
    public required string Shell { get; init; }

    public required bool IsPure { get; init; }

    /// <summary>Code for what follows; empty for a person.</summary>
    public required string Command { get; init; }

    /// <summary>Declarations of structured attributes; empty without any.</summary>
    public required string Declarations { get; init; }

    public string Write(ProcessEnvironment caller)
    {
        var shell = ShellText.Quote(Shell);
        var colour = caller.IsRoot ? RedPrompt : GreenPrompt;
        IEnumerable<string> lines =
        [
            $"_nix_shell_clean_tmpdir() {{ command rm -rf {ShellText.Quote(Folder)}; }}",
            "trap _nix_shell_clean_tmpdir EXIT",
            "exitHooks+=(_nix_shell_clean_tmpdir)",
            "failureHooks+=(_nix_shell_clean_tmpdir)",
            // The person's PATH comes after the build's.
            .. Impure("[ -n \"$PS1\" ] && [ -e ~/.bashrc ] && source ~/.bashrc", "p=$PATH"),
            "unset PATH",
            "dontAddDisableDepTrack=1",
            Declarations,
            "[ -e $stdenv/setup ] && source $stdenv/setup",
            .. Impure("PATH=$PATH:$p", "unset p"),
            $"PATH={ShellText.Quote(Path.GetDirectoryName(Shell) ?? "")}:\"$PATH\"",
            $"SHELL={shell}",
            $"BASH={shell}",
            "set +e",
            "[ -n \"$PS1\" -a -z \"$NIX_SHELL_PRESERVE_PROMPT\" ] && "
                + $"PS1='\\n\\[\\033[1;{colour}m\\][nix-shell:\\w]\\$\\[\\033[0m\\] '",
            "if [ \"$(type -t runHook)\" = function ]; then runHook shellHook; fi",
            "unset NIX_ENFORCE_PURITY",
            "shopt -u nullglob",
            "unset TZ",
            caller.Variable("TZ") is { } zone ? $"export TZ={ShellText.Quote(zone)}" : "",
            "shopt -s execfail",
            Command,
        ];
        return string.Join('\n', lines.Where(line => line.Length > 0)) + "\n";
    }

    private IEnumerable<string> Impure(params IEnumerable<string> lines) => IsPure ? [] : lines;
}
