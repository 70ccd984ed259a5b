using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Progress;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Cli.Verbs.Flake;

/// <summary>Looks at all packages below what a person named. On the evaluation thread.</summary>
internal sealed class PackageWalk(Session session, EvaluationSite site, PackageMatcher matcher)
{
    // Here a package that does not evaluate is no reason to stop.
    private const string Lenient = "legacyPackages";

    private static readonly Symbol s_name = Symbols.Of("name");
    private static readonly Symbol s_meta = Symbols.Of("meta");
    private static readonly Symbol s_description = Symbols.Of("description");
    private static readonly Symbol s_recurse = Symbols.Of("recurseForDerivations");

    private readonly List<PackageMatch> _matches = [];

    public IReadOnlyList<PackageMatch> Find(Installable installable, ExpressionOptions expression)
    {
        if (installable is Installable.OfFlake flake)
        {
            foreach (var found in TargetFinder.FlakeAttributes(site, flake, findsAll: true))
                Visit(found.Value, found.Path.Length == 0 ? [] : found.Path.Split('.'), true);
        }
        else
        {
            var path = ((Installable.OfExpression)installable).AttributePath;
            Visit(
                TargetFinder.Value(site, expression, installable),
                path.Length == 0 ? [] : path.Split('.'),
                isTop: true
            );
        }

        return _matches;
    }

    private void Visit(Value value, IReadOnlyList<string> path, bool isTop)
    {
        session.Interruption.ThrowIfCancellationRequested();
        if (!Terminal.IsInteractive(session.Options.Environment))
            session.Note($"evaluating '{string.Join('.', path)}'...");
        try
        {
            var forced = value.Force();
            if (!forced.IsAttributeSet)
                return;
            var set = forced.AsAttributeSet;
            if (PackageReader.IsDerivation(forced))
                Look(set, path);
            else if (isTop || IsSetOfPackages(path) || Recurses(set, path))
                Members(set, path);
        }
        catch (EvaluationException) when (path is [Lenient, ..]) { }
    }

    private void Members(AttributeSet set, IReadOnlyList<string> path)
    {
        foreach (var index in set.NameOrder())
            Visit(set[index], [.. path, set.SymbolAt(index).ToString()], isTop: false);
    }

    private void Look(AttributeSet set, IReadOnlyList<string> path)
    {
        var name = Text(set, s_name) ?? "";
        var description = PackageReader.Find(set, s_meta)?.Force() is { IsAttributeSet: true } meta
            ? Text(meta.AsAttributeSet, s_description)
            : null;
        if (matcher.Match(string.Join('.', path), name, description ?? "") is { } match)
            _matches.Add(match);
    }

    private static bool IsSetOfPackages(IReadOnlyList<string> path) =>
        path.Count == 0 || (path.Count <= 2 && path[0] is "packages" or Lenient);

    private static bool Recurses(AttributeSet set, IReadOnlyList<string> path) =>
        path.Count > 2
        && path[0] == Lenient
        && PackageReader.Find(set, s_recurse)?.Force() is { IsBoolean: true, AsBoolean: true };

    private static string? Text(AttributeSet set, Symbol name) =>
        PackageReader.Find(set, name)?.Force() is { IsString: true } text
            ? text.AsString.ToString()
            : null;
}
