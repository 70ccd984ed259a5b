using System.Text;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>A build environment as code for bash, which makes a person's shell that of a build.</summary>
internal static class EnvironmentScript
{
    // Of the builder's sandbox, or of the person; neither may replace the other.
    private static readonly HashSet<string> s_ignored =
    [
        "BASHOPTS",
        "HOME",
        "NIX_BUILD_TOP",
        "NIX_ENFORCE_PURITY",
        "NIX_LOG_FD",
        "NIX_REMOTE",
        "PPID",
        "SHELLOPTS",
        "SSL_CERT_FILE",
        "TEMP",
        "TEMPDIR",
        "TERM",
        "TMP",
        "TMPDIR",
        "TZ",
        "UID",
    ];

    // Of both: the build's programs first, then the person's.
    private static readonly string[] s_joined = ["PATH", "XDG_DATA_DIRS"];

    private static readonly string[] s_temporary = ["TMP", "TMPDIR", "TEMP", "TEMPDIR"];

    /// <summary>The code, before store paths in it are replaced.</summary>
    public static string Write(BuildEnvironment environment)
    {
        var text = new StringBuilder("unset shellHook\n");
        foreach (var name in s_joined)
            text.Append($"{name}=${{{name}:-}}\nnix_saved_{name}=\"${name}\"\n");
        foreach (var (name, value) in environment.Variables)
        {
            if (!s_ignored.Contains(name))
                Append(text, name, value);
        }

        foreach (var (name, body) in environment.Functions)
            text.Append($"{name} ()\n{{\n{body}}}\n");
        foreach (var name in s_joined)
            text.Append($"{name}=\"${name}${{nix_saved_{name}:+:$nix_saved_{name}}}\"\n");
        text.Append("export NIX_BUILD_TOP=\"$(mktemp -d -t nix-shell.XXXXXX)\"\n");
        foreach (var name in s_temporary)
            text.Append($"export {name}=\"$NIX_BUILD_TOP\"\n");
        return text.Append("eval \"${shellHook:-}\"\n").ToString();
    }

    private static void Append(StringBuilder text, string name, ShellValue value)
    {
        switch (value)
        {
            case ShellValue.Text { Content: var content, IsExported: var isExported }:
                text.Append($"{name}={ShellText.Quote(content)}\n");
                if (isExported)
                    text.Append($"export {name}\n");
                break;
            case ShellValue.Words words:
                var elements = words.Elements.Select(word => ShellText.Quote(word) + " ");
                text.Append($"declare -a {name}=({string.Concat(elements)})\n");
                break;
            case ShellValue.Pairs pairs:
                var members = pairs.Members.Select(pair =>
                    $"[{ShellText.Quote(pair.Key)}]={ShellText.Quote(pair.Value)} "
                );
                text.Append($"declare -A {name}=({string.Concat(members)})\n");
                break;
        }
    }
}
