using Ferry.Cli.Composition;
using Ferry.Fetching.Registries;
using Ferry.Flakes.References;

namespace Ferry.Cli.Verbs.Registries;

internal sealed class RegistryResolveVerb : Verb
{
    public override string Path => "registry resolve";

    public override string Summary => "show what names of flakes mean";

    public override string Operands => "FLAKE...";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        foreach (var operand in operands)
        {
            var reference = FlakeReference.Parse(
                operand,
                new FlakeReferenceOptions { AllowsMissing = true }
            );
            var (input, folder) = session.Fetching.Fetcher.Registries.Resolve(
                reference.Input,
                RegistryUse.All
            );
            session.Output.WriteLine(
                new FlakeReference(input, folder ?? reference.Folder).ToString()
            );
        }

        return ExitCode.Success;
    }
}
