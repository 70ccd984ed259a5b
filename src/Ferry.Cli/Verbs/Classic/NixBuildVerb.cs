using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;

namespace Ferry.Cli.Verbs.Classic;

/// <summary><c>nix-build</c>: instantiates, builds, links and prints.</summary>
internal sealed class NixBuildVerb : Verb
{
    private static readonly ByteString s_mainOutput = "out";

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
        options.Switch(
            "--no-out-link --no-link",
            "make no link to the result",
            () => _hasLink = false
        );
        options.Switch("--indirect", "links may lie anywhere, which they always may", () => { });
        options.Switch("--dry-run", "only say what would be done", () => _isDryRun = true);
        options.Switch("--check", "build again and compare", () => _mode = BuildMode.Check);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var targets =
            operands.Count == 0
                ? Targets(session, _expressions.Sources(operands).Single())
                : [.. operands.SelectMany(operand => Targets(session, operand))];
        if (_isDryRun)
        {
            session.Builds.NotePlan(targets);
            return ExitCode.Success;
        }

        var results = session.Builds.Build(targets, _mode);
        var numbers = new Dictionary<StorePath, int>();
        foreach (var result in results)
        {
            // Outputs of one derivation share a number.
            var derivation = ((DerivedPath.Built)result.Target).Derivation;
            if (!numbers.TryGetValue(derivation, out var number))
                numbers[derivation] = number = numbers.Count + 1;
            var stem = number == 1 ? _outLink : $"{_outLink}-{number}";
            foreach (var (output, path) in result.Outputs)
            {
                if (_hasLink)
                    session.Site.AddRoot(
                        Absolute(session, ResultLinks.OfOutput(stem, output)),
                        path
                    );
                session.Output.WriteLine(session.Store.Directory.Format(path));
            }
        }

        return ExitCode.Success;
    }

    // A derivation in the store is taken as it is.
    private List<Target> Targets(Session session, string operand)
    {
        var (name, outputs) = StoreOperand.SplitOutputs(operand);
        var path = Absolute(session, name);
        var directory = session.Site.Directory;
        return
            directory.Contains(path)
            && path.EndsWith(StorePath.DerivationSuffix, StringComparison.Ordinal)
            && directory.Split(path) is { Path: var derivation, Below: "" }
            ?
            [
                Target.Built(
                    derivation,
                    outputs ?? [OutputOf(session.Store.ReadDerivation(derivation))]
                ),
            ]
            : Targets(session, _expressions.Sources([operand]).Single());
    }

    private static ByteString OutputOf(Derivation derivation) =>
        derivation.Environment.TryGetValue("outputName", out var name) ? name : s_mainOutput;

    // The output that the attribute stands for, and no other.
    private List<Target> Targets(Session session, ExpressionSource source) =>
        session.Evaluation.Run(site =>
            _expressions
                .Derivations(site, source)
                .Select(set =>
                    Target.Built(
                        PackageReader.DerivationPath(site.Evaluator, set),
                        [PackageReader.OutputName(set)]
                    )
                )
                .ToList()
        );

    private static string Absolute(Session session, string name) =>
        System.IO.Path.GetFullPath(name, session.WorkingDirectory);
}
