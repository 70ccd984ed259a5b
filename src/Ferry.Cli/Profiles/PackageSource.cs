using Ferry.Builtins.Derivations;
using Ferry.Cli.Installables;
using Ferry.Cli.Verbs;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Store;

namespace Ferry.Cli.Profiles;

internal enum PackageSourceKind
{
    /// <summary>Store paths when the first operand has a slash, else names of packages.</summary>
    Names,

    /// <summary>Operands are functions that take the expression's value.</summary>
    Functions,

    /// <summary>Operands are attribute paths.</summary>
    Attributes,

    /// <summary>Operands are names of packages of another profile.</summary>
    Profile,
}

/// <summary>Where <c>nix-env</c> takes packages from.</summary>
internal sealed class PackageSource
{
    public PackageSourceKind Kind { get; set; }

    /// <summary>The profile to take packages from; absolute.</summary>
    public string Profile { get; set; } = "";

    /// <summary>The file of <c>--file</c>; null for the user's own expressions.</summary>
    public string? File { get; set; }

    /// <summary>An expression in place of any file.</summary>
    public string? Expression { get; init; }

    /// <summary>Only packages of this system; <c>*</c> for all.</summary>
    public string SystemFilter { get; set; } = "*";

    /// <summary>Arguments for functions at the top.</summary>
    public ExpressionOptions Arguments { get; } = new();

    /// <summary>The packages that operands mean. On the evaluation thread.</summary>
    /// <param name="run">The evaluation that asks.</param>
    /// <param name="operands">As typed.</param>
    /// <param name="newestOnly">Of several packages with one name only the best one.</param>
    /// <exception cref="CommandException">Something is not to be found.</exception>
    public List<PackageInformation> Find(
        EnvironmentRun run,
        IReadOnlyList<string> operands,
        bool newestOnly
    )
    {
        switch (Kind)
        {
            case PackageSourceKind.Functions:
                var argument = Value(run);
                return
                [
                    .. operands.SelectMany(text =>
                        Packages(run, Evaluator.Call(run.Site.Text(text), argument), "")
                    ),
                ];
            case PackageSourceKind.Attributes:
                var top = Value(run);
                return
                [
                    .. operands.SelectMany(path =>
                        Packages(run, run.Site.Select(top, path, Arguments.Arguments), "")
                    ),
                ];
            case PackageSourceKind.Profile:
                return run.Selection.Filter(run.Installed(Profile), operands, newestOnly);
            default:
                return operands is [var first, ..] && first.Contains('/')
                    ? [.. operands.Select(operand => OfStorePath(run, operand))]
                    : run.Selection.Filter(Available(run, ""), operands, newestOnly);
        }
    }

    /// <summary>All packages below an attribute path of the expression. On the evaluation thread.</summary>
    public List<PackageInformation> Available(EnvironmentRun run, string path)
    {
        var value = run.Site.Select(Value(run), path, Arguments.Arguments);
        return
        [
            .. Packages(run, value, path)
                .Where(package => SystemFilter == "*" || package.System == SystemFilter),
        ];
    }

    private Value Value(EnvironmentRun run) =>
        Expression is not null
            ? run.Site.Text(Expression)
            : new ExpressionFolder(run.Session, run.Site).Load(
                File is null ? new ProfilePlaces(run.Session).Expressions : run.Site.FilePath(File),
                run.Warn
            );

    private IEnumerable<PackageInformation> Packages(
        EnvironmentRun run,
        Value value,
        string path
    ) =>
        run
            .Site.PackagePlaces(value, Arguments.Arguments, path)
            .Select(found => new PackageInformation(run.Site.Evaluator, found.Path, found.Package));

    private static PackageInformation OfStorePath(EnvironmentRun run, string operand)
    {
        var store = run.Session.Store;
        var path = store.FollowLinks(Path.GetFullPath(operand, run.Session.WorkingDirectory));
        var output = path.IsDerivation ? store.QueryDerivationOutputs(path)["out"] : path;
        return new(run.Site.Evaluator, "", set: null)
        {
            Name = path.Name,
            DerivationPath = path.IsDerivation ? path : null,
            OutputPath =
                output
                ?? throw new CommandException(
                    $"the outputs of '{store.Directory.Format(path)}' are known only once it is built"
                ),
        };
    }
}
