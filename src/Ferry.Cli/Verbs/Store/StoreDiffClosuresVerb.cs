using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Profiles;
using Ferry.Store.Closures;

namespace Ferry.Cli.Verbs.Store;

internal sealed class StoreDiffClosuresVerb : Verb
{
    private readonly InstallableOptions _installables = new();

    public override string Path => "store diff-closures";

    public override string Summary => "show which packages two closures have in different versions";

    public override string Operands => "BEFORE AFTER";

    public override InstallableOptions Installables => _installables;

    public override void Declare(OptionTable options, SessionOptions shared) =>
        _installables.Declare(options, shared);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count < 2)
            throw session.Usage("more arguments are required");
        if (operands.Count > 2)
            throw session.Usage($"unexpected argument '{operands[2]}'");
        var (before, after) = (
            _installables.BuiltPath(session, operands[0]),
            _installables.BuiltPath(session, operands[1])
        );
        foreach (var difference in ClosureDifference.Between(session.Store, before, after))
            session.Output.WriteLine(ClosureDifferenceText.Of(difference));
        return ExitCode.Success;
    }
}
