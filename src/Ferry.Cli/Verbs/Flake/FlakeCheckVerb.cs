using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Flakes.Evaluation;
using Ferry.Store.Building;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class FlakeCheckVerb : FlakeVerb
{
    private bool _builds = true;
    private bool _checksAllSystems;

    public override string Path => "flake check";

    public override string Summary => "see whether a flake evaluates, and build its checks";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        options.Switch("--no-build", "build nothing", () => _builds = false);
        options.Switch(
            "--all-systems",
            "look at what is for other systems too",
            () => _checksAllSystems = true
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (!_builds)
        {
            session.Evaluation.IsReadOnly = true;
            if (!session.Settings.IsSet("allow-import-from-derivation"))
                session.Settings.Set("allow-import-from-derivation", "false", "flake check");
        }

        var reference = Reference(session, operands);
        var checks = session.Evaluation.Run(site =>
        {
            var flake = new FlakeCaller(site.Evaluator).Call(Lock(site, reference));
            var checks = new FlakeChecks(session, site, _checksAllSystems);
            checks.Run(flake);
            return checks;
        });
        if (_builds && checks.Targets.Count > 0)
            session.Builds.Build(checks.Targets, BuildMode.Normal);
        if (checks.HasErrors)
            throw new CommandException("some errors were encountered during the evaluation");
        session.Note("all checks passed!");
        if (checks.OmittedSystems.Count > 0)
            session.Warn(
                "The check omitted these incompatible systems: "
                    + string.Join(", ", checks.OmittedSystems)
                    + "\nUse '--all-systems' to check all."
            );
        return ExitCode.Success;
    }
}
