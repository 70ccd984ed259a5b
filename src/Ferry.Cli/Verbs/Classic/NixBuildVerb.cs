using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Progress;
using Ferry.Formats;
using Ferry.Store.Building;

namespace Ferry.Cli.Verbs.Classic;

/// <summary><c>nix-build</c>: instantiates, builds, links and prints.</summary>
internal sealed class NixBuildVerb : Verb
{
    private readonly ClassicExpressions _expressions = new();
    private string _outLink = "result";
    private bool _hasLink = true;
    private bool _isDryRun;
    private BuildMode _mode = BuildMode.Normal;

    public override string Path => "nix-build";

    public override string Summary => "build the derivations of an expression";

    public override string Operands => "FILE...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _expressions.Declare(options);
        options.Value(
            "--out-link -o",
            "NAME",
            "the name of the link to the result",
            text => _outLink = text
        );
        options.Switch("--no-out-link", "make no link to the result", () => _hasLink = false);
        options.Switch("--no-build-output -Q", "do not show what builders print", () => { });
        options.Value(
            "--add-root",
            "NAME",
            "the name of the link to the result",
            text => _outLink = text
        );
        options.Switch("--indirect", "links may lie anywhere, which they always may", () => { });
        options.Switch("--dry-run", "only say what would be done", () => _isDryRun = true);
        options.Switch("--check", "build again and compare", () => _mode = BuildMode.Check);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var targets = _expressions
            .Sources(operands)
            .SelectMany(source => Targets(session, source))
            .ToList();
        if (_isDryRun)
        {
            var text = PlanText.Of(session.Builds.Preview(targets), new ProgressOptions());
            if (text.Length > 0)
                session.Note(text);
            return ExitCode.Success;
        }

        var results = session.Builds.Build(targets, _mode);
        for (var index = 0; index < results.Count; index++)
        {
            foreach (var (output, path) in results[index].Outputs)
            {
                if (_hasLink)
                    session.Site.AddRoot(LinkOf(session, index, output), path);
                session.Output.WriteLine(session.Store.Directory.Format(path));
            }
        }

        return ExitCode.Success;
    }

    // The output that the attribute stands for, and no other.
    private List<Target> Targets(Session session, ExpressionSource source)
    {
        var targets = session.Evaluation.Run(site =>
            _expressions
                .Values(site, source)
                .SelectMany(value => DerivationFinder.Find(site, value))
                .Select(set =>
                    Target.Built(
                        PackageReader.DerivationPath(site.Evaluator, set),
                        [PackageReader.OutputName(set)]
                    )
                )
                .ToList()
        );
        return targets.Count > 0
            ? targets
            : throw new CommandException(
                "expression does not evaluate to a derivation (or a set or list of those)"
            );
    }

    private string LinkOf(Session session, int index, ByteString output)
    {
        var stem = index == 0 ? _outLink : $"{_outLink}-{index + 1}";
        return System.IO.Path.GetFullPath(
            ResultLinks.OfOutput(stem, output),
            session.WorkingDirectory
        );
    }
}
