using Ferry.Cli.Composition;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class FlakeLockVerb : FlakeVerb
{
    public override string Path => "flake lock";

    public override string Summary => "lock the inputs of a flake that are not locked yet";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        // What servers said an hour ago is not what a person wants to pin.
        session.Settings.Set("tarball-ttl", "0", "flake lock");
        var reference = Reference(session, operands);
        session.Evaluation.Run(site =>
            site.Flakes.Lock(
                reference,
                site.Flakes.LockOptionsOf(Flakes) with
                {
                    Writes = true,
                    FailsOnUnlocked = true,
                }
            )
        );
        return ExitCode.Success;
    }
}
