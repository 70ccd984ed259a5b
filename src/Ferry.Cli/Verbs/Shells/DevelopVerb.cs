using System.Text;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Fetching;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>Becomes a bash in which a package can be built by hand.</summary>
internal sealed class DevelopVerb : Verb
{
    private static readonly (string Option, string Phase)[] s_phases =
    [
        ("--unpack", "unpack"),
        ("--configure", "configure"),
        ("--build", "build"),
        ("--check", "check"),
        ("--install", "install"),
        ("--installcheck", "installCheck"),
    ];

    private readonly DevelopOptions _develop = new();
    private readonly EnvironmentOptions _environment = new();
    private IReadOnlyList<string> _command = [];
    private string? _phase;

    public override string Path => "develop";

    public override string Summary => "start a bash with the build environment of a package";

    public override string Operands => "INSTALLABLE";

    public override InstallableOptions Installables => _develop.Installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _develop.Declare(options, shared);
        _environment.Declare(options);
        options.Rest(
            "--command -c",
            "COMMAND [ARGUMENT]...",
            "run this program instead of a shell",
            words => _command = words
        );
        options.Value(
            "--phase",
            "PHASE",
            "run a phase of the build instead of a shell",
            name => _phase = name
        );
        foreach (var (option, phase) in s_phases)
            options.Switch(option, $"run the {phase} phase", () => _phase = phase);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (_phase is not null && _command.Count > 0)
            throw session.Usage("you cannot use both '--command' and '--phase'");
        var variables = _environment.Apply(session);
        var installable = _develop.Parse(session, operands);
        var (path, environment) = _develop.Make(session, installable);
        var shell = InteractiveShell.Find(session, installable, variables);
        if (IsInteractive && shell.Note is { } note)
            session.Note(note);

        var folder = Directory.CreateTempSubdirectory("nix-develop-").FullName;
        var script = System.IO.Path.Combine(folder, "rc");
        File.WriteAllText(script, Script(session, environment, shell, folder));
        // The collector looks for roots in the variables of running programs.
        variables["NIX_GCROOT"] = session.Store.Directory.Format(path);
        variables["SHELL"] = shell.Program;
        return session.Programs.Run(
            new(shell.Program)
            {
                Name = System.IO.Path.GetFileName(shell.Program),
                Arguments = IsInteractive ? ["--rcfile", script] : [script],
                Variables = variables,
                WorkingDirectory = _phase is null ? null : SourceFolder(session, installable),
                System = environment.System,
            }
        );
    }

    private bool IsInteractive => _phase is null && _command.Count == 0;

    private string Script(
        Session session,
        BuildEnvironment environment,
        InteractiveShell shell,
        string folder
    )
    {
        var text = new StringBuilder(_develop.Script(session, environment, () => folder));
        if (session.Options.Verbosity >= SessionOptions.DebugVerbosity)
            text.Append("set -x\n");
        // Files of structured attributes are for the shell; without any, nothing needs to stay.
        text.Append(
            environment.Structured is null
                ? $"command rm -rf {ShellText.Quote(folder)}\n"
                : $"command rm -f {ShellText.Quote(folder + "/rc")}\n"
        );
        if (_phase is not null)
            // The build phase of stdenv sets it, which the check phase depends on.
            text.Append($"foundMakefile=1\nrunHook {_phase}Phase\n");
        else if (_command.Count > 0)
            text.Append($"exec {string.Join(' ', _command.Select(ShellText.Quote))}\n");
        else
            MakeInteractive(session, text);

        text.Append($"SHELL=\"{shell.Program}\"\n");
        if (shell.IsOfPackages)
            text.Append(
                $"PATH=\"{System.IO.Path.GetDirectoryName(shell.Program)}${{PATH:+:$PATH}}\"\n"
            );
        return text.ToString();
    }

    private static void MakeInteractive(Session session, StringBuilder text)
    {
        text.Insert(
            0,
            "[ -n \"$PS1\" ] && [ -e ~/.bashrc ] && source ~/.bashrc;\nshopt -u expand_aliases\n"
        );
        text.Append("\nshopt -s expand_aliases\n");
        foreach (
            var (setting, assignment) in (ReadOnlySpan<(string, string)>)
                [
                    ("bash-prompt", "PS1={0}"),
                    ("bash-prompt-prefix", "PS1={0}\"$PS1\""),
                    ("bash-prompt-suffix", "PS1+={0}"),
                ]
        )
        {
            if (session.Settings.Text(setting) is { Length: > 0 } prompt)
                text.Append(
                    $"[ -n \"$PS1\" ] && {assignment.Replace("{0}", ShellText.Quote(prompt))};\n"
                );
        }
    }

    // Phases expect to be where the source is.
    private static string? SourceFolder(Session session, Installable installable) =>
        installable is Installable.OfFlake { Reference.IsPackageSet: false } flake
            ? session.Evaluation.Run(site =>
                Fetcher.SourceFolder(site.Flakes.Lock(flake).Flake.Resolved.Input)
            )
            : null;
}
