using System.Collections.Immutable;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Progress;
using Ferry.Formats;
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
            var text = PlanText.Of(session.Builds.Preview(targets), new ProgressOptions());
            if (text.Length > 0)
                session.Note(text);
            return ExitCode.Success;
        }

        var results = session.Builds.Build(targets, _mode);
        if (_root is null && results.Count > 0)
            session.Warn(
                "you did not specify '--add-root'; the result might be removed by the garbage collector"
            );
        for (var index = 0; index < results.Count; index++)
            Print(session, results[index], index);
        return ExitCode.Success;
    }

    private void Print(Session session, BuildResult result, int index)
    {
        var stem = index == 0 ? _root : $"{_root}-{index + 1}";
        if (result.Target is DerivedPath.Opaque opaque)
            Print(session, stem, opaque.Path);
        var ordered = result.Outputs.OrderBy(output => output.Key == (ByteString)"out" ? 0 : 1);
        foreach (var (output, path) in ordered)
            Print(session, stem is null ? null : ResultLinks.OfOutput(stem, output), path);
    }

    private void Print(Session session, string? link, StorePath path)
    {
        if (_root is null || link is null)
        {
            session.Output.WriteLine(session.Store.Directory.Format(path));
            return;
        }

        var absolute = Path.GetFullPath(link, session.WorkingDirectory);
        session.Site.AddRoot(absolute, path);
        session.Output.WriteLine(absolute);
    }

    // "/nix/store/….drv!dev,doc" asks for some outputs.
    private static DerivedPath Parse(Session session, string operand)
    {
        var separator = operand.LastIndexOf('!');
        if (separator < 0)
            return StoreOperand.ToTarget(StoreOperand.Parse(session, operand));
        var names = operand[(separator + 1)..].Split(',').Select(ByteString.FromString);
        return new DerivedPath.Built(
            StoreOperand.Parse(session, operand[..separator]),
            names.ToImmutableSortedSet()
        );
    }
}
