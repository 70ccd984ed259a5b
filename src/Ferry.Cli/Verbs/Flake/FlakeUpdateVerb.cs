using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Flakes;
using Ferry.Flakes.Locks;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class FlakeUpdateVerb : FlakeVerb
{
    private string _flake = ".";

    public override string Path => "flake update";

    public override string Summary => "lock the newest versions of a flake's inputs";

    public override string Operands => "INPUT...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        options.Value(
            "--flake",
            "FLAKE",
            "the flake to work on; the one here by default",
            text => _flake = text
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        session.Settings.Set("tarball-ttl", "0", "flake update");
        foreach (var operand in operands)
            Add(session, operand);
        if (operands.Count == 0 && Flakes.Updates.Count == 0)
            Flakes.Recreate();
        var reference = Reference(session, _flake);
        session.Evaluation.Run(site =>
            site.Flakes.Lock(
                reference,
                site.Flakes.LockOptionsOf(Flakes) with
                {
                    Writes = true,
                    MayUpdate = true,
                }
            )
        );
        return ExitCode.Success;
    }

    private void Add(Session session, string operand)
    {
        try
        {
            if (InputPath.Parse(operand).IsRoot)
                throw new FlakeException(
                    "input path to be updated cannot be zero-length; it would refer to the flake itself, not an input"
                );
        }
        catch (FlakeException)
        {
            session.Warn(
                $"Invalid flake input '{operand}'. To update a specific flake, use 'nix flake update --flake {operand}' instead."
            );
            throw;
        }

        if (Flakes.Updates.Contains(operand))
            session.Warn(
                $"Input '{operand}' was specified multiple times. You may have done this by accident."
            );
        else
            Flakes.Updates.Add(operand);
    }
}
