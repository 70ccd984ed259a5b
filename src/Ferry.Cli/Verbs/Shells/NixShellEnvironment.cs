using System.Collections.Immutable;
using System.Globalization;
using Ferry.Build.Attributes;
using Ferry.Cli.Composition;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;
using Ferry.Store.Closures;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>The variables that <c>nix-shell</c> gives a shell: those of the person, then those of the derivation.</summary>
internal sealed class NixShellEnvironment(Session session, string folder)
{
    // What a pure shell keeps of the person's.
    private static readonly string[] s_kept =
    [
        "DISPLAY",
        "HOME",
        "IN_NIX_SHELL",
        "LOGNAME",
        "NIX_BUILD_SHELL",
        "NIX_SHELL_PRESERVE_PROMPT",
        "PAGER",
        "PATH",
        "SHLVL",
        "TERM",
        "TZ",
        "USER",
        "WAYLAND_DISPLAY",
        "WAYLAND_SOCKET",
        "XDG_RUNTIME_DIR",
        "http_proxy",
        "https_proxy",
        "ftp_proxy",
        "all_proxy",
        "no_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "FTP_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
    ];

    private static readonly string[] s_temporary =
    [
        "NIX_BUILD_TOP",
        "TMPDIR",
        "TEMPDIR",
        "TMP",
        "TEMP",
    ];

    /// <summary>Code that declares structured attributes; empty without any.</summary>
    public string Declarations { get; private set; } = "";

    /// <param name="derivation">Whose inputs are valid.</param>
    /// <param name="isPure">The person's variables are left out.</param>
    /// <param name="keeps">More variables that a pure shell keeps.</param>
    public Dictionary<string, string> Make(
        Derivation derivation,
        bool isPure,
        IEnumerable<string> keeps
    )
    {
        var own = new Dictionary<string, string>(
            session.Options.Environment.Variables,
            StringComparer.Ordinal
        )
        {
            ["IN_NIX_SHELL"] = isPure ? "pure" : "impure",
        };
        var kept = keeps.Concat(s_kept).ToHashSet(StringComparer.Ordinal);
        var variables = isPure
            ? own.Where(pair => kept.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal)
            : own;
        // Or the host's start files for bash would set the person's variables again.
        if (isPure)
            variables["__ETC_PROFILE_SOURCED"] = "1";
        foreach (var name in s_temporary)
            variables[name] = folder;
        variables["NIX_STORE"] = session.Store.Directory.Path;
        var cores = session.Settings.Number("cores");
        variables["NIX_BUILD_CORES"] = (cores > 0 ? cores : Environment.ProcessorCount).ToString(
            CultureInfo.InvariantCulture
        );
        Add(derivation, variables);
        return variables;
    }

    private void Add(Derivation derivation, Dictionary<string, string> variables)
    {
        var options = BuildOptions.Of(derivation, session.Store.Directory);
        var files = 0;
        foreach (var (key, value) in derivation.Environment)
        {
            var name = key.ToString();
            if (name == StructuredAttributes.VariableName)
                continue;
            if (options.PassAsFile.Contains(name))
                variables[name + "Path"] = Write($".attr-{files++}", value.Memory);
            else
                variables[name] = value.ToString();
        }

        if (
            AttributeFiles.Of(derivation, options, session.Store, Closure(derivation)) is
            { } written
        )
        {
            Declarations = written.Shell;
            variables["NIX_ATTRS_SH_FILE"] = Write(
                StructuredAttributes.ShellFileName,
                System.Text.Encoding.UTF8.GetBytes(written.Shell)
            );
            variables["NIX_ATTRS_JSON_FILE"] = Write(
                StructuredAttributes.JsonFileName,
                System.Text.Encoding.UTF8.GetBytes(written.Json)
            );
        }
    }

    private string Write(string name, ReadOnlyMemory<byte> contents)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, contents.ToArray());
        return path;
    }

    private ImmutableSortedSet<StorePath> Closure(Derivation derivation) =>
        session.Store.Closure(
            [
                .. derivation.InputSources,
                .. derivation.InputDerivations.SelectMany(input =>
                {
                    var built = session.Store.ReadDerivation(input.Key);
                    return input.Value.Select(output =>
                        built.OutputPath(session.Store.Paths, output)
                    );
                }),
            ],
            ClosureOptions.References
        );
}
