using Ferry.Cli.Composition;

namespace Ferry.Cli.Verbs.Registries;

internal sealed class RegistryRemoveVerb : RegistryVerb
{
    public override string Path => "registry remove";

    public override string Summary => "take a name out of the registry";

    public override string Operands => "NAME";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var from = Reference(session.OnlyOperand(operands));
        Change(session, registry => registry.Without(from.Input));
        return ExitCode.Success;
    }
}
