using System.Globalization;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Verbs.Profiles;

internal sealed class ProfileRollbackVerb : ProfileVerb
{
    private string? _version;
    private bool _isDryRun;

    public override string Path => "profile rollback";

    public override string Summary => "go back to an earlier version of a profile";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        options.Value("--to", "VERSION", "the version to go to", text => _version = text);
        options.Switch("--dry-run", "only say what would be done", () => _isDryRun = true);
    }

    protected override ExitCode Run(
        Session session,
        IReadOnlyList<string> operands,
        Profile profile
    )
    {
        session.NoOperands(operands);
        new ProfileHistory(profile, session.Note, _isDryRun).Switch(Number(session));
        return ExitCode.Success;
    }

    private long? Number(Session session) =>
        _version is null ? null
        : long.TryParse(_version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
        : throw session.Usage($"'{_version}' is not an integer");
}
