using Ferry.Cli.Composition;
using Ferry.Fetching.Registries;
using Ferry.Flakes.References;

namespace Ferry.Cli.Verbs.Registries;

internal sealed class RegistryListVerb : Verb
{
    public override string Path => "registry list";

    public override string Summary => "list the flakes that have names";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        session.NoOperands(operands);
        foreach (var registry in session.Fetching.Fetcher.Registries.All)
        {
            foreach (var entry in registry.Entries)
            {
                var to = new FlakeReference(entry.To, entry.Folder ?? "");
                session.Output.WriteLine($"{Name(registry.Kind)} {entry.From} {to}");
            }
        }

        return ExitCode.Success;
    }

    private static string Name(RegistryKind kind) =>
        kind switch
        {
            RegistryKind.Flag => "flags ",
            RegistryKind.User => "user  ",
            RegistryKind.System => "system",
            _ => "global",
        };
}
