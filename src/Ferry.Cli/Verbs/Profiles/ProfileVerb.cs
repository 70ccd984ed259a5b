using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Profiles;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Verbs.Profiles;

/// <summary>A command about one profile: the user's own, or the one that <c>--profile</c> names.</summary>
internal abstract class ProfileVerb : Verb
{
    private readonly ProfileOption _profile = new();

    public override void Declare(OptionTable options, SessionOptions shared) =>
        _profile.Declare(options);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands) =>
        Run(session, operands, _profile.OrDefault(session));

    protected abstract ExitCode Run(
        Session session,
        IReadOnlyList<string> operands,
        Profile profile
    );
}
