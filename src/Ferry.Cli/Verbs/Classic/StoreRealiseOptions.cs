using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;

namespace Ferry.Cli.Verbs.Classic;

/// <summary><c>nix-store --realise</c> and its options.</summary>
internal sealed class StoreRealiseOptions
{
    private string? _root;
    private bool _isDryRun;
    private BuildMode _mode = BuildMode.Normal;

    public void Declare(OptionTable options)
    {
        options.Value(
            "--add-root",
            "LINK",
            "link to the results and keep them",
            text => _root = text
        );
        options.Switch("--indirect", "links may lie anywhere, which they always may", () => { });
        options.Switch("--dry-run", "only say what would be done", () => _isDryRun = true);
        options.Switch("--check", "build again and compare", () => _mode = BuildMode.Check);
        options.Switch("--ignore-unknown", "pass over paths that nobody can make", () => { });
    }

    public ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var targets = operands.Select(operand => new Target(Parse(session, operand))).ToList();
        if (_isDryRun)
        {
            session.Builds.NotePlan(targets);
            return ExitCode.Success;
        }

        var results = session.Builds.Build(targets, _mode);
        for (var index = 0; index < results.Count; index++)
        {
            // As stock's set of paths or links: in their order, not in that of the outputs' names.
            foreach (
                var line in Results(session, results[index], index).Order(StringComparer.Ordinal)
            )
                session.Output.WriteLine(line);
        }

        return ExitCode.Success;
    }

    private List<string> Results(Session session, BuildResult result, int index)
    {
        var stem = index == 0 ? _root : $"{_root}-{index + 1}";
        if (result.Target is DerivedPath.Opaque opaque)
            return [Keep(session, stem, opaque.Path)];
        return
        [
            .. result.Outputs.Select(output =>
                Keep(
                    session,
                    stem is null ? null : ResultLinks.OfOutput(stem, output.Key),
                    output.Value
                )
            ),
        ];
    }

    // What is printed for a result: its link where one is wanted, else itself.
    private string Keep(Session session, string? link, StorePath path)
    {
        if (_root is null || link is null)
        {
            session.WarnOfMissingRoot();
            return session.Store.Directory.Format(path);
        }

        var absolute = Path.GetFullPath(link, session.WorkingDirectory);
        session.Site.AddRoot(absolute, path);
        return absolute;
    }

    // "/nix/store/….drv!dev,doc" asks for some outputs.
    private static DerivedPath Parse(Session session, string operand)
    {
        var (path, outputs) = StoreOperand.SplitOutputs(operand);
        return outputs is null
            ? StoreOperand.ToTarget(StoreOperand.Parse(session, path))
            : new DerivedPath.Built(StoreOperand.Parse(session, path), outputs);
    }
}
