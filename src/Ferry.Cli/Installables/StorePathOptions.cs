using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Progress;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;
using Ferry.Store.Closures;

namespace Ferry.Cli.Installables;

/// <summary>The options and operands of commands that work on store paths as they are, without building anything.</summary>
internal sealed class StorePathOptions
{
    private readonly InstallableOptions _installables = new();
    private bool _takesAll;
    private bool _isRecursive;
    private bool _takesDerivations;

    public InstallableOptions Installables => _installables;

    public void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        _installables.DeclareStandardInput(options);
        options.Switch("--all", "every path of the store", () => _takesAll = true);
        options.Switch(
            "--recursive -r",
            "everything the paths refer to as well",
            () => _isRecursive = true
        );
        options.Switch(
            "--derivation",
            "the derivations and not what they make",
            () => _takesDerivations = true
        );
    }

    /// <summary>What others refer to comes first, as with stock.</summary>
    public IReadOnlyList<StorePath> Find(Session session, IReadOnlyList<string> operands)
    {
        if (_takesAll && operands.Count > 0)
            throw session.Usage("'--all' does not expect arguments");
        IEnumerable<StorePath> found = _takesAll
            ? session.Store.QueryAllValid()
            : Named(session, _installables.Targets(session, operands));
        var paths = found.ToHashSet();
        var wanted = _isRecursive
            ? session.Store.Closure(paths, ClosureOptions.References)
            : [.. paths];
        var sorted = session.Store.SortTopologically(wanted);
        sorted.Reverse();
        return sorted;
    }

    private IEnumerable<StorePath> Named(Session session, IReadOnlyList<Target> targets)
    {
        var paths = targets
            .SelectMany(target => Paths(session, target, _takesDerivations))
            .ToList();
        if (!_takesDerivations && !paths.TrueForAll(session.Store.IsValid))
            session.Note(PlanText.Of(session.Builds.Preview(targets), new ProgressOptions()));
        return paths;
    }

    /// <summary>What a target means where nothing is built: the paths that it has or makes, or its derivation.</summary>
    public static IEnumerable<StorePath> Paths(
        Session session,
        Target target,
        bool takesDerivations
    ) =>
        target.Path switch
        {
            DerivedPath.Built built when takesDerivations => [built.Derivation],
            DerivedPath.Built => target.OutputPaths(session.Store).Values,
            DerivedPath.Opaque opaque when takesDerivations => [Deriver(session, opaque.Path)],
            DerivedPath.Opaque opaque => [opaque.Path],
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The derivation itself, or a valid one that a path was built from.</summary>
    /// <exception cref="Verbs.CommandException">None is known.</exception>
    private static StorePath Deriver(Session session, StorePath path)
    {
        if (path.IsDerivation)
            return path;
        var deriver = session.Store.QueryInfo(path)?.Deriver;
        return deriver is not null && session.Store.IsValid(deriver)
            ? deriver
            : throw new Verbs.CommandException(
                $"'{session.Store.Directory.Format(path)}' does not have a known deriver"
            );
    }
}
