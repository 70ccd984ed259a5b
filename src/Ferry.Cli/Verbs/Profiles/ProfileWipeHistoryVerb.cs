using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Profiles;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Verbs.Profiles;

internal sealed class ProfileWipeHistoryVerb : ProfileVerb
{
    private string? _age;
    private bool _isDryRun;

    public override string Path => "profile wipe-history";

    public override string Summary => "delete the versions of a profile that are not current";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        options.Value(
            "--older-than",
            "AGE",
            "keep what was current within so many days, such as 30d",
            text => _age = text
        );
        options.Switch("--dry-run", "only say what would be done", () => _isDryRun = true);
    }

    protected override ExitCode Run(
        Session session,
        IReadOnlyList<string> operands,
        Profile profile
    )
    {
        session.NoOperands(operands);
        var history = new ProfileHistory(profile, session.Note, _isDryRun);
        if (_age is null)
            history.DeleteOthers();
        else
            history.DeleteOlderThan(AgeText.Parse(session, _age));
        return ExitCode.Success;
    }
}
