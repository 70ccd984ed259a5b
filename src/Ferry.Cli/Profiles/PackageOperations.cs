using System.Globalization;
using Ferry.Builtins.Derivations;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Verbs;
using Ferry.Evaluation.Memory;
using Ferry.Store;
using Ferry.Store.Building;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Profiles;

/// <summary>What <c>nix-env</c> does to a profile, and the options by which it is told how.</summary>
internal sealed class PackageOperations(PackageSource source)
{
    public bool IsDryRun { get; set; }

    public bool IsPrebuiltOnly { get; set; }

    public bool PreservesInstalled { get; set; }

    public bool RemovesOthers { get; set; }

    public int? Priority { get; set; }

    /// <summary>Null: packages keep their names.</summary>
    public string? ForcedName { get; set; }

    public UpgradeExtent Extent { get; set; }

    public ExitCode Install(Session session, Profile profile, IReadOnlyList<string> operands) =>
        Change(
            session,
            profile,
            run =>
            {
                var added = New(run, operands);
                if (Priority is { } priority)
                {
                    var text = priority.ToString(CultureInfo.InvariantCulture);
                    foreach (var package in added)
                        package.SetMeta("priority", Value.Of(text));
                }

                return RemovesOthers
                    ? new(added, added)
                    : new([.. added, .. Kept(run, profile, added)], added);
            }
        );

    public ExitCode Upgrade(Session session, Profile profile, IReadOnlyList<string> operands) =>
        Change(
            session,
            profile,
            run =>
            {
                var installed = run.Installed(profile.Link);
                var available = source.Find(run, operands, newestOnly: false);
                var upgrade = new PackageUpgrade(
                    available,
                    Extent,
                    package => !IsPrebuiltOnly || IsPrebuilt(run, package),
                    run.Note
                );
                var packages = installed.ConvertAll(upgrade.Of);
                return new(packages, packages);
            }
        );

    public ExitCode Uninstall(Session session, Profile profile, IReadOnlyList<string> operands) =>
        Change(
            session,
            profile,
            run =>
            {
                var packages = run.Installed(profile.Link);
                foreach (var operand in operands)
                {
                    var isMeant = Matcher(session, operand);
                    var meant = packages.FindAll(package => isMeant(package));
                    if (meant.Count == 0)
                        run.Warn($"selector '{operand}' matched no installed derivations");
                    foreach (var package in meant)
                        run.Note($"uninstalling '{package.Name}'");
                    packages.RemoveAll(meant.Contains);
                }

                return new(packages, []);
            }
        );

    public ExitCode SetFlag(Session session, Profile profile, IReadOnlyList<string> operands)
    {
        if (operands is not [var name, var value, ..])
            throw session.Usage("not enough arguments to '--set-flag'");
        var selectors = operands.Skip(2).Select(text => new PackageSelector(text)).ToList();
        return Change(
            session,
            profile,
            run =>
            {
                var packages = run.Installed(profile.Link);
                var used = new HashSet<PackageSelector>();
                foreach (var package in packages)
                {
                    var parsed = package.ParsedName;
                    if (selectors.Find(selector => selector.Matches(parsed)) is not { } match)
                        continue;
                    used.Add(match);
                    run.Note($"setting flag on '{package.Name}'");
                    package.SetMeta(name, Value.Of(value));
                }

                var unused = selectors.Find(selector =>
                    !used.Contains(selector) && selector.Text != PackageSelector.Everything
                );
                return unused is null
                    ? new(packages, [])
                    : throw new CommandException(
                        $"selector '{unused.Text}' matches no derivations"
                    );
            }
        );
    }

    /// <summary>Makes one package itself the profile's newest generation.</summary>
    public ExitCode Set(Session session, Profile profile, IReadOnlyList<string> operands)
    {
        var (target, path) = EnvironmentRun.Evaluate(
            session,
            run =>
                source.Find(run, operands, newestOnly: true) is [var only]
                    ? (TargetOf(only), only.OutputPath)
                    : throw new CommandException("--set requires exactly one derivation")
        );
        if (IsDryRun)
            return Preview(session, [target]);
        session.Builds.Build([target], BuildMode.Normal);
        ProfileOption.Add(session, profile, path);
        return ExitCode.Success;
    }

    // Somebody else may change the profile meanwhile; then all is done again.
    private ExitCode Change(
        Session session,
        Profile profile,
        Func<EnvironmentRun, EnvironmentChange> change
    )
    {
        while (true)
        {
            var token = profile.Token();
            var (manifest, targets) = EnvironmentRun.Evaluate(
                session,
                run =>
                {
                    var (packages, added) = change(run);
                    var keeps = session.Settings.Switch("keep-env-derivations");
                    return (
                        EnvironmentManifest.Of(run.Site.Evaluator, packages, keeps),
                        added.Select(TargetOf).ToList()
                    );
                }
            );
            if (IsDryRun)
                return Preview(session, targets);
            if (new UserEnvironment(session, profile).TrySwitch(manifest, token))
                return ExitCode.Success;
        }
    }

    private List<PackageInformation> New(EnvironmentRun run, IReadOnlyList<string> operands)
    {
        var found = source.Find(run, operands, newestOnly: true);
        if (IsPrebuiltOnly)
            found.RemoveAll(package => !IsPrebuilt(run, package));
        return ForcedName is null
            ? found
            : found.ConvertAll(package => package.Renamed(ForcedName));
    }

    private List<PackageInformation> Kept(
        EnvironmentRun run,
        Profile profile,
        List<PackageInformation> added
    )
    {
        var names = added
            .Select(package => package.ParsedName.Name)
            .ToHashSet(StringComparer.Ordinal);
        var kept = new List<PackageInformation>();
        foreach (var package in run.Installed(profile.Link))
        {
            if (
                !PreservesInstalled
                && names.Contains(package.ParsedName.Name)
                && !package.MetaSwitch("keep")
            )
                run.Note($"replacing old '{package.Name}'");
            else
                kept.Add(package);
        }

        foreach (var package in added)
            run.Note($"installing '{package.Name}'");
        return kept;
    }

    private static bool IsPrebuilt(EnvironmentRun run, PackageInformation package) =>
        run.Session.Store.IsValid(package.OutputPath);

    private static Func<PackageInformation, bool> Matcher(Session session, string operand)
    {
        if (operand.Contains('/'))
        {
            var path = session.Store.FollowLinks(
                Path.GetFullPath(operand, session.WorkingDirectory)
            );
            return package => package.OutputPath == path;
        }

        var selector = new PackageSelector(operand);
        return package => selector.Matches(package.ParsedName);
    }

    private static Target TargetOf(PackageInformation package) =>
        package.DerivationPath is { } derivation
            ? Target.Built(derivation, outputs: null)
            : new Target(new DerivedPath.Opaque(package.OutputPath));

    private static ExitCode Preview(Session session, IReadOnlyList<Target> targets)
    {
        session.Builds.NotePlan(targets);
        return ExitCode.Success;
    }

    /// <param name="Packages">All that the environment is to have.</param>
    /// <param name="Added">Those that were not there before.</param>
    private sealed record EnvironmentChange(
        IReadOnlyList<PackageInformation> Packages,
        IReadOnlyList<PackageInformation> Added
    );
}
