using Ferry.Cli.Composition;
using Ferry.Cli.Composition.Answers;
using Ferry.Cli.Verbs;
using Ferry.Evaluation.Memory;
using Ferry.Flakes;

namespace Ferry.Cli.Installables;

/// <summary>From what a person named to values, and from values to what can be built.</summary>
internal static class TargetFinder
{
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
                session.Answers.Ask(
                    AnswerQuestion.Of(session, flake, "package", flake.Outputs.Suffix),
                    Target.Form,
                    site =>
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

    private static Value FlakeAttribute(EvaluationSite site, Installable.OfFlake flake) =>
        FlakeAttributes(site, flake)[0].Value;

    /// <summary>The attributes of a flake that an operand may mean, the likeliest first. On the evaluation thread.</summary>
    /// <exception cref="FlakeException">The flake has none of them.</exception>
    public static IReadOnlyList<FoundAttribute> FlakeAttributes(
        EvaluationSite site,
        Installable.OfFlake flake,
        bool findsAll = false
    )
    {
        var outputs = site.FlakeOutputs(flake.Reference, flake.Options);
        var candidates = flake.Places.Candidates(site.System, flake.AttributePath);
        var suggestions = new List<string>();
        var found = new List<FoundAttribute>();
        foreach (var candidate in candidates)
        {
            if (EvaluationSite.TrySelect(outputs, candidate, suggestions) is { } value)
                found.Add(new(candidate, value));
            if (found.Count > 0 && !findsAll)
                break;
        }

        return found.Count > 0
            ? found
            : throw FlakeException.NoAttribute(
                flake.Reference.ToString()!,
                candidates,
                suggestions
            );
    }

    /// <summary>What a flake's attribute means to a command that builds. On the evaluation thread.</summary>
    /// <exception cref="CommandException">It is neither a package nor a path.</exception>
    public static Target Package(
        EvaluationSite site,
        Value value,
        OutputSelection outputs,
        string name
    )
    {
        var forced = value.Force();
        if (PackageReader.IsDerivation(forced))
            return PackageReader.Read(
                site.Evaluator,
                forced.AsAttributeSet,
                outputs,
                isOfFlake: true
            );
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
