using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Profiles;
using Ferry.Store.Building;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Verbs.Profiles;

internal sealed class ProfileUpgradeVerb : ProfileVerb
{
    private readonly ElementMatcher _matcher = new();
    private readonly ExpressionOptions _expression = new();
    private readonly FlakeOptions _flakes = new();

    public override string Path => "profile upgrade";

    public override string Summary =>
        "build packages of a profile from their flakes as they are now";

    public override string Operands => "ELEMENT...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        _matcher.Declare(options);
        _flakes.Declare(options);
    }

    protected override ExitCode Run(
        Session session,
        IReadOnlyList<string> operands,
        Profile profile
    )
    {
        var manifest = ProfileManifest.Read(session, profile.Link);
        var names = _matcher.Find(session, operands, manifest, "upgrade");
        if (names.Count == 0)
            return ExitCode.Success;

        var candidates = names.Where(name => CanUpgrade(session, manifest.Elements[name])).ToList();
        if (candidates.Count == 0)
        {
            session.Warn("Found some packages but none of them could be upgraded.");
            return ExitCode.Success;
        }

        var upgrades = new List<(string Name, ProfilePackage Package)>();
        foreach (var name in candidates)
        {
            if (Find(session, manifest.Elements[name].Source!) is { } package)
                upgrades.Add((name, package));
        }

        var results = session.Builds.Build(
            [.. upgrades.Select(upgrade => upgrade.Package.Targets[0])],
            BuildMode.Normal
        );
        foreach (var ((name, package), result) in upgrades.Zip(results))
            manifest.Elements[name] = manifest.Elements[name] with
            {
                Paths = ProfileElement.Sort(ResultLinks.PathsOf(result)),
                Source = package.Source,
            };
        ProfileOption.Add(session, profile, manifest.Build(session));
        return ExitCode.Success;
    }

    private static bool CanUpgrade(Session session, ProfileElement element)
    {
        if (element.Source is not { } source)
            session.Warn(
                $"Found package '{element.Identifier}', but it was not added from a flake, so it can't be checked for upgrades!"
            );
        else if (source.Original.Input.IsLocked(session.Fetching.Fetcher.Settings))
            session.Warn(
                $"Found package '{element.Identifier}', but it was added from a locked flake reference so it can't be upgraded!"
            );
        else
            return true;
        return false;
    }

    /// <returns>Null when the flake is the one that the package came from.</returns>
    private ProfilePackage? Find(Session session, ProfileSource source)
    {
        var installable = new Installable.OfFlake(
            source.Original,
            "." + source.AttributePath,
            source.Outputs,
            _flakes
        );
        var package = ProfilePackage.Find(session, _expression, installable);
        if (package.Source is not { } now)
            throw new CommandException(
                $"'{source}' is no longer a package, so it can't be upgraded"
            );
        var isSame = now.Locked.ToString() == source.Locked.ToString();
        if (isSame && now.Locked.Input.IsLocked(session.Fetching.Fetcher.Settings))
            return null;
        session.Note(
            $"upgrading '{source.AttributePath}' from flake '{source.Locked}' to '{now.Locked}'"
        );
        return package;
    }
}
