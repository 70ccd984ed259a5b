using Ferry.Cli.Composition;
using Ferry.Cli.Verbs;
using Ferry.Evaluation.Memory;
using Ferry.Flakes;

namespace Ferry.Cli.Installables;

/// <summary>From what a person named to values, and from values to what can be built.</summary>
internal static class TargetFinder
{
    /// <summary>Where stock looks for the attribute path of a package.</summary>
    private static readonly string[] s_packageSets = ["packages", "legacyPackages"];

    public static IEnumerable<Target> Find(
        Session session,
        ExpressionOptions expression,
        Installable installable
    ) =>
        installable switch
        {
            Installable.InStore stored => [new Target(stored.Target)],
            Installable.OfFlake flake =>
            [
                session.Evaluation.Run(site =>
                    Package(
                        site,
                        Value(site, expression, flake),
                        flake.Outputs,
                        flake.AttributePath
                    )
                ),
            ],
            Installable.OfExpression given => session.Evaluation.Run(site =>
                Packages(site, expression, given)
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The value itself, for commands that evaluate. On the evaluation thread.</summary>
    public static Value Value(
        EvaluationSite site,
        ExpressionOptions expression,
        Installable installable
    )
    {
        switch (installable)
        {
            case Installable.OfFlake flake:
                return FlakeAttribute(site, flake);
            case Installable.OfExpression given:
                var top = expression.Text is { } text
                    ? site.Text(text)
                    : site.Import(expression.File!);
                return site.Select(top, given.AttributePath, expression.Arguments);
            default:
                throw new CommandException(
                    "this command needs an expression or a flake, not a store path"
                );
        }
    }

    private static Value FlakeAttribute(EvaluationSite site, Installable.OfFlake flake)
    {
        var outputs = site.FlakeOutputs(flake.Reference, flake.Options);
        var candidates = Candidates(site.System, flake.AttributePath).ToList();
        var suggestions = new List<string>();
        foreach (var candidate in candidates)
        {
            if (EvaluationSite.TrySelect(outputs, candidate, suggestions) is { } found)
                return found;
        }

        throw FlakeException.NoAttribute(flake.Reference.ToString()!, candidates, suggestions);
    }

    private static IEnumerable<string> Candidates(string system, string path)
    {
        if (path.Length == 0)
            return [$"packages.{system}.default", $"defaultPackage.{system}"];
        // A leading dot means the path as it is.
        return path[0] == '.'
            ? [path[1..]]
            : s_packageSets.Select(set => $"{set}.{system}.{path}").Append(path);
    }

    private static Target Package(
        EvaluationSite site,
        Value value,
        OutputSelection outputs,
        string name
    )
    {
        var forced = value.Force();
        if (PackageReader.IsDerivation(forced))
            return PackageReader.Read(site.Evaluator, forced.AsAttributeSet, outputs);
        if (PackageReader.TryStorePath(site, forced) is { } path)
            return new Target(path);
        throw new CommandException(
            $"expected flake output attribute '{name}' to be a derivation or path but found {EvaluationSite.Describe(forced)}"
        );
    }

    // A file or expression may hold one package, or a set or list of them.
    private static List<Target> Packages(
        EvaluationSite site,
        ExpressionOptions expression,
        Installable.OfExpression given
    )
    {
        var value = Value(site, expression, given);
        if (PackageReader.TryStorePath(site, value.Force()) is { } path)
            return [new Target(path)];
        return
        [
            .. site.Packages(value, expression.Arguments)
                .Select(set => PackageReader.Read(site.Evaluator, set, given.Outputs)),
        ];
    }
}
