using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Profiles;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Verbs.Profiles;

internal sealed class ProfileRemoveVerb : ProfileVerb
{
    private readonly ElementMatcher _matcher = new();

    public override string Path => "profile remove";

    public override string Summary => "remove packages from a profile";

    public override string Operands => "ELEMENT...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        _matcher.Declare(options);
    }

    protected override ExitCode Run(
        Session session,
        IReadOnlyList<string> operands,
        Profile profile
    )
    {
        var manifest = ProfileManifest.Read(session, profile.Link);
        var names = _matcher.Find(session, operands, manifest, "remove");
        if (names.Count == 0)
            return ExitCode.Success;

        foreach (var name in names)
        {
            session.Note($"removing '{manifest.Elements[name].Identifier}'");
            manifest.Elements.Remove(name);
        }

        session.Note($"removed {names.Count} packages, kept {manifest.Elements.Count} packages");
        ProfileOption.Add(session, profile, manifest.Build(session));
        return ExitCode.Success;
    }
}
