using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Repl;
using Ferry.Evaluation.Memory;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class ReplVerb : Verb
{
    private readonly InstallableOptions _installables = new()
    {
        Places = AttributePlaces.Everything,
    };

    public override string Path => "repl";

    public override string Summary => "evaluate expressions as they are typed";

    public override string Operands => "INSTALLABLE...";

    public override InstallableOptions Installables => _installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        shared.IsImpure = true;
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        // Values live from line to line, on the one thread that made them.
        session.Settings.Set("eval-cores", "1", "repl");
        ReplTerminal.Greet(session, "");
        session.Evaluation.Run(site => Run(session, site, operands));
        return ExitCode.Success;
    }

    private void Run(Session session, EvaluationSite site, IReadOnlyList<string> operands) =>
        new ReplTerminal(session, site).Run(new ReplScope(), () => Values(session, site, operands));

    private IEnumerable<(string, Func<Value>)> Values(
        Session session,
        EvaluationSite site,
        IReadOnlyList<string> operands
    )
    {
        if (operands.Count == 0 && !_installables.Expression.IsGiven)
            yield break;
        foreach (var installable in Named(session, operands))
        {
            yield return (
                Title(installable),
                () =>
                {
                    var value = TargetFinder.Value(site, _installables.Expression, installable);
                    return installable is Installable.OfExpression
                        ? site.AutoCall(value, _installables.Expression.Arguments)
                        : value;
                }
            );
        }
    }

    // Of the package set its packages are wanted: they come after its outputs, so that each can be named by itself.
    private IEnumerable<Installable> Named(Session session, IReadOnlyList<string> operands)
    {
        foreach (var installable in _installables.Parse(session, operands))
        {
            yield return installable;
            if (
                installable is Installable.OfFlake
                {
                    Reference.IsPackageSet: true,
                    AttributePath: ""
                } set
            )
                yield return set with
                {
                    AttributePath = $"legacyPackages.{session.Options.System}",
                };
        }
    }

    private static string Title(Installable installable) =>
        installable switch
        {
            Installable.OfFlake flake => $"{flake.Reference}#{flake.AttributePath}",
            Installable.OfExpression given => given.AttributePath,
            _ => "",
        };
}
