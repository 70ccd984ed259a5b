using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Verbs.Classic;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;

namespace Ferry.Cli.Verbs.Shells;

/// <summary><c>nix-shell</c>: becomes a bash with the variables of a derivation, whose inputs are built.</summary>
internal sealed class NixShellVerb : Verb
{
    private readonly ClassicExpressions _expressions = new();
    private readonly List<string> _keeps = [];
    private readonly List<string> _excludes = [];
    private string? _script;
    private IReadOnlyList<string> _scriptArguments = [];
    private string _command = "";
    private bool _isInteractive = !Console.IsInputRedirected && !Console.IsErrorRedirected;
    private bool _isPure;
    private bool _takesPackages;
    private bool _isDryRun;

    public override string Path => "nix-shell";

    public override string Summary => "start a bash in which a derivation could be built";

    public override string Operands => "FILE";

    /// <remarks>Options of a script stand in its own lines; what follows its name is the script's.</remarks>
    public override IReadOnlyList<string> Expand(
        IReadOnlyList<string> words,
        SessionOptions options
    )
    {
        if (words.Count == 0)
            return words;
        var script = System.IO.Path.GetFullPath(words[0], options.Environment.WorkingDirectory);
        if (!File.Exists(script) || ScriptLines.OfNixShell(script) is not { } inside)
            return words;
        _script = words[0];
        _scriptArguments = [.. words.Skip(1)];
        return inside;
    }

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _expressions.Declare(options);
        options.Switch(
            "--packages -p",
            "operands are packages of <nixpkgs> that the shell shall have",
            () => _takesPackages = true
        );
        options.Value("--command", "CODE", "run this code, then exit", SetCommand);
        options.Value(
            "--run",
            "CODE",
            "run this code without a terminal's conveniences, then exit",
            code =>
            {
                _isInteractive = false;
                SetCommand(code);
            }
        );
        options.Switch("--pure", "leave the person's variables out", () => _isPure = true);
        options.Switch("--impure", "keep the person's variables", () => _isPure = false);
        options.Value("--keep", "NAME", "keep a variable, with --pure", _keeps.Add);
        options.Value(
            "--exclude",
            "PATTERN",
            "do not build inputs whose derivation matches",
            _excludes.Add
        );
        options.Value(
            "-i",
            "INTERPRETER",
            "in a script: the program that runs it",
            interpreter => SetInterpreter(options, interpreter)
        );
        options.Switch("--dry-run", "only say what would be done", () => _isDryRun = true);
        options.Switch("--indirect --add-drv-link --run-env", "without a meaning", () => { });
        options.Value("--drv-link --out-link -o", "NAME", "without a meaning", _ => { });
        options.Switch("--no-out-link --no-link", "without a meaning", () => { });
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (
            _script is not null
            && session.Settings.Switch("nix-shell-shebang-arguments-relative-to-script")
        )
            session.Options.BaseFolder = ScriptFolder(session);
        var derivations = Derivations(session, operands);
        if (derivations is not [var only])
            throw session.Usage("nix-shell requires a single derivation");
        var derivation = session.Store.ReadDerivation(only);
        var (shell, needed) = Shell(session);
        var targets = Inputs(session, derivation);
        if (needed is not null)
            targets = [.. targets, needed];
        if (_isDryRun)
        {
            session.Builds.NotePlan(targets);
            return ExitCode.Success;
        }

        session.Builds.Build(targets, BuildMode.Normal);
        return Start(session, derivation, shell);
    }

    private ExitCode Start(Session session, Derivation derivation, string shell)
    {
        var folder = Directory.CreateTempSubdirectory("nix-shell-").FullName;
        var environment = new NixShellEnvironment(session, folder);
        var variables = environment.Make(derivation, _isPure, _keeps);
        var script = new NixShellScript
        {
            Folder = folder,
            Shell = shell,
            IsPure = _isPure,
            Command = _command,
            Declarations = environment.Declarations,
        };
        var file = System.IO.Path.Combine(folder, "rc");
        File.WriteAllText(file, script.Write(session.Options.Environment));
        // Looked up where the person would find it, not the derivation's builder.
        var program =
            session.Programs.Find(shell, session.Options.Environment.Variables)
            ?? throw new CommandException($"executing shell '{shell}': No such file or directory");
        return session.Programs.Run(
            new(program)
            {
                Name = "bash",
                Arguments = _isInteractive ? ["--rcfile", file] : [file],
                Variables = variables,
                System = derivation.System.ToString(),
            }
        );
    }

    private void SetCommand(string code) => _command = code + "\nexit";

    private void SetInterpreter(OptionTable options, string interpreter)
    {
        if (_script is null)
            throw UsageException.UnknownOption(options.Program, "-i", near: null);
        _isInteractive = false;
        var script = ShellText.Quote(_script);
        var arguments = string.Concat(_scriptArguments.Select(word => " " + ShellText.Quote(word)));
        // Perl and Ruby read the first line of a script and would run what it says again. Perl does not under another name;
        // Ruby does not for a file that is loaded.
        _command =
            interpreter.Contains("ruby", StringComparison.Ordinal)
                ? $"exec {interpreter} -e 'load(ARGV.shift)' -- {script}{arguments}"
            : interpreter.Contains("perl", StringComparison.Ordinal)
                ? $"exec -a PERL {interpreter} {script}{arguments}"
            : $"exec {interpreter} {script}{arguments}";
    }

    private string ScriptFolder(Session session) =>
        System.IO.Path.GetDirectoryName(
            System.IO.Path.GetFullPath(_script!, session.WorkingDirectory)
        )!;

    private List<StorePath> Derivations(Session session, IReadOnlyList<string> operands)
    {
        if (_takesPackages && _expressions.AreTexts)
            throw session.Usage("'-p' and '-E' are mutually exclusive");
        var found = new List<StorePath>();
        foreach (var source in Sources(session, operands, found))
            found.AddRange(
                session.Evaluation.Run(site =>
                    _expressions
                        .Derivations(site, source, new("inNixShell", "true", IsExpression: true))
                        .Select(set => PackageReader.DerivationPath(site.Evaluator, set))
                        .ToList()
                )
            );
        return found;
    }

    // Derivations that are in the store go into the list.
    private List<ExpressionSource> Sources(
        Session session,
        IReadOnlyList<string> operands,
        List<StorePath> found
    )
    {
        if (_takesPackages)
            return [new(PackagesShell(session, operands), IsText: true)];
        if (_expressions.AreTexts)
            return [.. operands.Select(text => new ExpressionSource(text, IsText: true))];

        var finder = new ShellFileFinder(session);
        if (operands.Count == 0)
            return [new(finder.Default(), IsText: false)];
        var sources = new List<ExpressionSource>();
        foreach (var operand in operands)
        {
            if (finder.Derivation(operand) is { } derivation)
                found.Add(derivation);
            else
                sources.Add(
                    new(
                        finder.Find(operand, _script is null ? null : ScriptFolder(session)),
                        IsText: false
                    )
                );
        }

        return sources;
    }

    private static string PackagesShell(Session session, IReadOnlyList<string> packages)
    {
        try
        {
            session.Evaluation.Run(site => site.FindFile("nixpkgs"));
        }
        catch (CommandException failure)
        {
            throw new CommandException(
                $"{failure.Message}\nOption '-p' takes packages from <nixpkgs>. Say where that is with '-I nixpkgs=PATH' "
                    + "or NIX_PATH, or take packages of Ferry's own set with 'ferry shell packages#NAME'"
            );
        }

        var inputs = string.Concat(packages.Select(package => $"({package}) "));
        return "{ ... }@arguments: with import <nixpkgs> arguments; "
            + $"(pkgs.runCommandCC or pkgs.runCommand) \"shell\" {{ buildInputs = [ {inputs}]; }} \"\"";
    }

    private List<Target> Inputs(Session session, Derivation derivation)
    {
        var excluded = _excludes
            .Select(pattern => new System.Text.RegularExpressions.Regex(pattern))
            .ToList();
        return
        [
            .. derivation
                .InputDerivations.Where(input =>
                    excluded.TrueForAll(pattern =>
                        !pattern.IsMatch(session.Store.Directory.Format(input.Key))
                    )
                )
                .Select(input => Target.Built(input.Key, input.Value)),
            .. derivation.InputSources.Select(source => new Target(new DerivedPath.Opaque(source))),
        ];
    }

    /// <returns>The bash, and what must be built before it is there.</returns>
    private static (string Program, Target? Needed) Shell(Session session)
    {
        if (session.Options.Environment.Variable("NIX_BUILD_SHELL") is { Length: > 0 } wanted)
            return (wanted, null);
        try
        {
            ByteString output = "out";
            var target = session.Evaluation.Run(site =>
            {
                var value = site.Text("(import <nixpkgs> {}).bashInteractive").Force();
                return PackageReader.IsDerivation(value)
                    ? Target.Built(
                        PackageReader.DerivationPath(site.Evaluator, value.AsAttributeSet),
                        [output]
                    )
                    : throw new CommandException(
                        "the 'bashInteractive' attribute in <nixpkgs> did not evaluate to a derivation"
                    );
            });
            var path = target.OutputPaths(session.Store)[output];
            return ($"{session.Store.Directory.Format(path)}/bin/bash", target);
        }
        catch (Exception failure)
            when (FailureReport.Knows(failure) && failure is not OperationCanceledException)
        {
            session.Interruption.ThrowIfCancellationRequested();
            session.Warn($"<nixpkgs> gives no bashInteractive: {failure.Message}");
            var host = InteractiveShell.OfHost(
                session,
                session.Options.Environment.Variables,
                "<nixpkgs> gives none"
            );
            if (host.Note is { } note)
                session.Note(note);
            return (host.Program, null);
        }
    }
}
