using Ferry.Cli.Composition;
using Ferry.Fetching.Registries;

namespace Ferry.Cli.Verbs.Registries;

internal sealed class RegistryAddVerb : RegistryVerb
{
    public override string Path => "registry add";

    public override string Summary => "let a name mean a flake";

    public override string Operands => "NAME FLAKE";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        CheckCount(session, operands, 2, 2);
        var (from, to) = (Reference(operands[0]), Reference(operands[1]));
        Change(
            session,
            registry =>
                registry.With(
                    new RegistryEntry(from.Input, to.Input)
                    {
                        Folder = to.Folder.Length > 0 ? to.Folder : null,
                    }
                )
        );
        return ExitCode.Success;
    }
}
