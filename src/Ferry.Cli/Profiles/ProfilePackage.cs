using Ferry.Builtins.Derivations;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Evaluation.Memory;
using Ferry.Flakes.References;

namespace Ferry.Cli.Profiles;

/// <summary>What a person wants to have in a profile, evaluated.</summary>
/// <param name="Targets">What to build.</param>
internal sealed record ProfilePackage(IReadOnlyList<Target> Targets)
{
    private const string PriorityName = "priority";

    /// <summary>Null for what is no package of a flake.</summary>
    public ProfileSource? Source { get; init; }

    /// <summary>As its metadata say; null where they say nothing.</summary>
    public int? Priority { get; init; }

    public static ProfilePackage Find(
        Session session,
        ExpressionOptions expression,
        Installable installable
    ) =>
        installable switch
        {
            Installable.OfFlake flake => session.Evaluation.Run(site => OfFlake(site, flake)),
            Installable.OfExpression given => session.Evaluation.Run(site =>
                OfExpression(site, expression, given)
            ),
            _ => new([.. TargetFinder.Find(session, expression, installable)]),
        };

    private static ProfilePackage OfFlake(EvaluationSite site, Installable.OfFlake flake)
    {
        var found = TargetFinder.FlakeAttributes(site, flake)[0];
        var target = TargetFinder.Package(site, found.Value, flake.Outputs, flake.AttributePath);
        var forced = found.Value.Force();
        if (!PackageReader.IsDerivation(forced))
            return new([target]);
        return new([target])
        {
            Source = new(flake.Reference, Locked(site, flake), found.Path, flake.Outputs),
            Priority = PriorityOf(site, forced.AsAttributeSet),
        };
    }

    // The package set that is part of this program is what it is.
    private static FlakeReference Locked(EvaluationSite site, Installable.OfFlake flake) =>
        flake.Reference.IsPackageSet ? flake.Reference : site.Flakes.Lock(flake).Flake.Locked;

    private static ProfilePackage OfExpression(
        EvaluationSite site,
        ExpressionOptions expression,
        Installable.OfExpression given
    )
    {
        var value = TargetFinder.Value(site, expression, given);
        if (PackageReader.TryStorePath(site, value.Force()) is { } path)
            return new([new Target(path)]);
        var packages = site.Packages(value, expression.Arguments);
        return new([
            .. packages.Select(set => PackageReader.Read(site.Evaluator, set, given.Outputs)),
        ])
        {
            Priority = packages is [.., var last] ? PriorityOf(site, last) : null,
        };
    }

    private static int? PriorityOf(EvaluationSite site, AttributeSet set)
    {
        var package = new PackageInformation(site.Evaluator, "", set);
        return package.Meta(PriorityName) is null
            ? null
            : (int)package.MetaNumber(PriorityName, ProfileElement.DefaultPriority);
    }
}
