using System.Collections.Immutable;

namespace Ferry.Cli.Installables;

/// <summary>Where in a flake's outputs a command looks for what a person names.</summary>
/// <param name="Defaults">Whole attribute paths for an operand without one, the first one first.</param>
/// <param name="Prefixes">What may stand before the path that a person typed.</param>
/// <remarks><c>SYSTEM</c> in a path stands for the system that is asked for.</remarks>
internal sealed record AttributePlaces(
    ImmutableArray<string> Defaults,
    ImmutableArray<string> Prefixes
)
{
    private const string System = "SYSTEM";

    public static readonly AttributePlaces Packages = new(
        ["packages.SYSTEM.default", "defaultPackage.SYSTEM"],
        ["packages.SYSTEM.", "legacyPackages.SYSTEM."]
    );

    public static readonly AttributePlaces Programs = new(
        ["apps.SYSTEM.default", "defaultApp.SYSTEM", .. Packages.Defaults],
        ["apps.SYSTEM.", .. Packages.Prefixes]
    );

    public static readonly AttributePlaces Shells = new(
        ["devShells.SYSTEM.default", "devShell.SYSTEM", .. Packages.Defaults],
        ["devShells.SYSTEM.", .. Packages.Prefixes]
    );

    public static readonly AttributePlaces Bundlers = new(
        ["bundlers.SYSTEM.default", "defaultBundler.SYSTEM"],
        ["bundlers.SYSTEM."]
    );

    public static readonly AttributePlaces Formatters = new(["formatter.SYSTEM"], []);

    public static readonly AttributePlaces Templates = new(
        ["templates.default", "defaultTemplate"],
        ["templates."]
    );

    /// <summary>Whole sets of packages, for a search.</summary>
    public static readonly AttributePlaces PackageSets = new(
        ["packages.SYSTEM", "legacyPackages.SYSTEM"],
        Packages.Prefixes
    );

    /// <summary>Everything that a flake gives, when nothing is named.</summary>
    public static readonly AttributePlaces Everything = new([""], Packages.Prefixes);

    /// <summary>A place with the system that is asked for.</summary>
    public static string Resolve(string system, string place) => place.Replace(System, system);

    /// <param name="system">What <c>SYSTEM</c> is.</param>
    /// <param name="path">As typed after <c>#</c>; after a leading dot, a whole path.</param>
    public IReadOnlyList<string> Candidates(string system, string path) =>
        path.Length == 0 ? [.. Defaults.Select(place => Resolve(system, place))]
        : path[0] == '.' ? [path[1..]]
        : [.. Prefixes.Select(prefix => Resolve(system, prefix) + path), path];
}
