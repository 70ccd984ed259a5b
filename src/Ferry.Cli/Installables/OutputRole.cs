namespace Ferry.Cli.Installables;

/// <summary>What an output of a flake is for, by its attribute path.</summary>
internal static class OutputRole
{
    private static readonly HashSet<string> s_sets =
    [
        "defaultPackage",
        "devShell",
        "formatter",
        "nixosConfigurations",
        "nixosModules",
        "defaultApp",
        "templates",
        "overlays",
    ];

    private static readonly HashSet<string> s_systemSets =
    [
        "checks",
        "packages",
        "devShells",
        "apps",
    ];

    public enum Kind
    {
        /// <summary>Only its parts mean something.</summary>
        Set,

        /// <summary>A package of one system.</summary>
        Derivation,

        /// <summary>Packages at any depth, for a build farm.</summary>
        Jobs,

        /// <summary>A large set with parts that do not evaluate.</summary>
        Legacy,
        App,
        Template,
        Other,
    }

    public static Kind Of(string[] path) =>
        path switch
        {
            [] => Kind.Set,
            ["hydraJobs", ..] => Kind.Jobs,
            ["legacyPackages", ..] => Kind.Legacy,
            ["defaultTemplate"] or ["templates", _] => Kind.Template,
            ["defaultApp", _] or ["apps", _, _] => Kind.App,
            [var name] when s_sets.Contains(name) => Kind.Set,
            [var name] when s_systemSets.Contains(name) => Kind.Set,
            [var name, _] when s_systemSets.Contains(name) => Kind.Set,
            ["defaultPackage" or "devShell" or "formatter", _] => Kind.Derivation,
            ["checks" or "packages" or "devShells", _, _] => Kind.Derivation,
            _ => Kind.Other,
        };

    /// <summary>The type in JSON and the words for a person, of what has no more to show.</summary>
    public static (string Type, string Words) Describe(string[] path) =>
        path switch
        {
            ["overlay"] or ["overlays", _] => ("nixpkgs-overlay", "Nixpkgs overlay"),
            ["nixosConfigurations", _] => ("nixos-configuration", "NixOS configuration"),
            ["nixosModule"] or ["nixosModules", _] => ("nixos-module", "NixOS module"),
            _ => ("unknown", "unknown"),
        };

    public static string WordFor(string[] path) =>
        path switch
        {
            ["devShell", _] or ["devShells", _, ..] => "development environment",
            ["checks", _, _] or ["hydraJobs", ..] => "derivation",
            _ => "package",
        };

    /// <summary>A set that says nothing when it is empty.</summary>
    public static bool MayBeEmpty(string[] path) =>
        path switch
        {
            ["apps" or "checks" or "devShells" or "legacyPackages" or "packages"] => true,
            ["apps" or "checks" or "devShells" or "legacyPackages" or "packages", _] => true,
            ["formatter" or "nixosConfigurations" or "nixosModules" or "overlays"] => true,
            _ => false,
        };
}
