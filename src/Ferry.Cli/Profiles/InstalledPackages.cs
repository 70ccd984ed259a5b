using Ferry.Builtins.Derivations;
using Ferry.Cli.Composition;
using Ferry.Cli.Verbs;
using Ferry.Evaluation.Memory;
using Ferry.Formats.StorePaths;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Profiles;

/// <summary>What <c>nix-env</c> has put into a profile, as its <c>manifest.nix</c> says: a list of sets like derivations.</summary>
internal static class InstalledPackages
{
    public const string FileName = "manifest.nix";

    /// <summary>The main outputs; none without a manifest.</summary>
    public static IReadOnlyList<StorePath> OutputPaths(Session session, string link)
    {
        if (Find(session, link) is null)
            return [];
        return session.Evaluation.Run(site =>
            Read(session, site, link)
                .Select(found =>
                    new PackageInformation(site.Evaluator, found.Path, found.Package).OutputPath
                )
                .ToList()
        );
    }

    /// <summary>The sets of a profile's manifest. On the evaluation thread.</summary>
    /// <exception cref="CommandException">The profile belongs to <c>nix profile</c>.</exception>
    public static IReadOnlyList<FoundPackage> Read(
        Session session,
        EvaluationSite site,
        string link
    )
    {
        if (session.Site.Files.Follow($"{link}/{ProfileManifest.FileName}") is not null)
            throw new CommandException(
                $"profile \"{link}\" is incompatible with 'nix-env'; please use 'nix profile' instead"
            );
        if (Find(session, link) is not { } file)
            return [];
        site.Allow(file.Path);
        return PackageSearch.FindPlaces(
            site.Evaluator,
            site.File(file.Path),
            AttributeSet.Empty,
            ""
        );
    }

    private static FoundFile? Find(Session session, string link) =>
        session.Site.Files.Follow($"{link}/{FileName}");
}
