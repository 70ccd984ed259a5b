using Ferry.Cli.Composition;

namespace Ferry.Cli.Verbs;

/// <summary>Renews the pins of a checkout's package set: what Debian has today under the names that the set asks for.</summary>
internal sealed class PackagesRefreshVerb : Verb
{
    public override string Path => "packages refresh";

    public override string Summary => "renew the pins of Debian packages in a checkout";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (session.PackageSet.IsEmbedded)
        {
            throw new CommandException(
                "the embedded package set cannot be changed; run this in a checkout, or name one by FERRY_PACKAGES"
            );
        }

        foreach (var (architecture, pins) in session.Debian.Renewal.Resolve(session.Interruption))
        {
            var file = System.IO.Path.Combine(
                session.PackageSet.Folder,
                "bootstrap",
                "lock",
                architecture + ".json"
            );
            File.WriteAllText(file, pins.Format());
            session.Note($"wrote {file} ({pins.Packages.Count} packages)");
        }

        return ExitCode.Success;
    }
}
