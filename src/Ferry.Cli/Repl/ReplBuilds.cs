using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Verbs;
using Ferry.Evaluation.Memory;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Processes;
using Ferry.Store.Building;

namespace Ferry.Cli.Repl;

/// <summary>What a session does with derivations.</summary>
internal sealed class ReplBuilds
{
    private readonly Session _session;
    private readonly EvaluationSite _site;
    private readonly ReplLines _lines;

    public ReplBuilds(Session session, EvaluationSite site, ReplLines lines)
    {
        (_session, _site, _lines) = (session, site, lines);
        Commands =
        [
            new([":b"], "<expr>", "Build a derivation", text => Build(text, makesLinks: false)),
            new([":bl"], "<expr>", "Build a derivation and link to it", text => Build(text, true)),
            new([":i"], "<expr>", "Build a derivation and install it", Install),
            new([":sh"], "<expr>", "Start a shell to build a derivation in", StartShell),
            new([":u"], "<expr>", "Start a shell that has a derivation", StartUserShell),
            new([":log"], "<expr>", "Show the log of a build", ShowLog),
        ];
    }

    public IReadOnlyList<ReplCommand> Commands { get; }

    private void Build(string text, bool makesLinks)
    {
        var derivation = Derivation(_lines.Evaluate(text));
        var result = _session.Builds.Build(
            [Target.Built(derivation, outputs: null)],
            BuildMode.Normal
        )[0];
        var output = _session.Output;
        output.WriteLine("\nThis derivation produced the following outputs:");
        foreach (var (name, path) in result.Outputs)
        {
            var target = _session.Store.Directory.Format(path);
            if (!makesLinks)
            {
                output.WriteLine($"  {name} -> {target}");
                continue;
            }

            var link = $"repl-result-{name}";
            _session.Site.AddRoot(Path.GetFullPath(link, _session.WorkingDirectory), path);
            output.WriteLine($"  ./{link} -> {target}");
        }
    }

    private void ShowLog(string text)
    {
        var derivation = Derivation(_lines.Evaluate(text));
        using var log = _session.Builds.OpenLog(Target.Built(derivation, outputs: null).Path);
        if (log is null)
            throw new CommandException($"build log of '{Format(derivation)}' is not available");
        _session.WriteAll(log);
    }

    private void Install(string text) =>
        RunOwn("nix-env", "-i", Format(Derivation(_lines.Evaluate(text))));

    private void StartShell(string text) =>
        RunOwn("nix-shell", Format(Derivation(_lines.Evaluate(text))));

    private void StartUserShell(string text)
    {
        // The shell of a package that needs only this one.
        var wrapped = _lines.Evaluate(
            $"(import <nixpkgs> {{}}).runCommand \"shell\" {{ buildInputs = [ ({text}) ]; }} \"\""
        );
        RunOwn("nix-shell", Format(Derivation(wrapped)));
    }

    // The same program as another command, which has the terminal until it ends.
    private void RunOwn(string command, params string[] arguments)
    {
        _session.EndProgress();
        _session.Output.Flush();
        using var child = ChildProcess.Start(
            new ProcessSpecification
            {
                Program = Environment.ProcessPath!,
                Arguments = [command, .. Store(), .. arguments],
                Environment = _session.Options.Environment.Variables,
                Group = ProcessGroupKind.Callers,
            }
        );
        child.Wait();
    }

    // What the command line said of the store, the other command must be told.
    private IEnumerable<string> Store() =>
        _session.Settings.IsSet("store") ? ["--store", _session.Settings.Text("store")] : [];

    private StorePath Derivation(Value value)
    {
        if (!PackageReader.IsDerivation(value))
            throw new CommandException(
                "expression does not evaluate to a derivation, so I can't build it"
            );
        var path = PackageReader.DerivationPath(_site.Evaluator, value.AsAttributeSet);
        _site.Flush();
        return path;
    }

    private string Format(StorePath path) => _session.Site.Directory.Format(path);
}
