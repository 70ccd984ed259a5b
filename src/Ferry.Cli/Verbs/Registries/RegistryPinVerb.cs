using Ferry.Cli.Composition;
using Ferry.Fetching.Registries;

namespace Ferry.Cli.Verbs.Registries;

internal sealed class RegistryPinVerb : RegistryVerb
{
    public override string Path => "registry pin";

    public override string Summary => "let a name mean the version that a flake has now";

    public override string Operands => "NAME [FLAKE]";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        CheckCount(session, operands, 1, 2);
        var name = Reference(operands[0]);
        var fetcher = session.Fetching.Fetcher;
        var (wanted, _) = fetcher.Registries.Resolve(
            Reference(operands[^1]).Input,
            RegistryUse.All
        );
        var now = fetcher.Fetch(wanted).Input;
        if (!now.IsLocked(fetcher.Settings))
            session.Warn($"flake '{now}' is not locked");
        Change(
            session,
            registry =>
                registry.With(
                    new RegistryEntry(name.Input, now)
                    {
                        Folder = name.Folder.Length > 0 ? name.Folder : null,
                    }
                )
        );
        return ExitCode.Success;
    }
}
