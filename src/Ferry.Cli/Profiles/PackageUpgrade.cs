using Ferry.Builtins.Derivations;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Formats.Versions;

namespace Ferry.Cli.Profiles;

/// <summary>Which versions are an upgrade.</summary>
internal enum UpgradeExtent
{
    Newer,
    NewerOrSame,
    Same,
    Any,
}

/// <summary>Finds upgrades of installed packages among available ones. On the evaluation thread.</summary>
internal sealed class PackageUpgrade(
    IReadOnlyList<PackageInformation> available,
    UpgradeExtent extent,
    Func<PackageInformation, bool> mayBeTaken,
    Action<string> note
)
{
    /// <returns>The package itself when there is no upgrade.</returns>
    public PackageInformation Of(PackageInformation package)
    {
        if (package.MetaSwitch("keep"))
            return package;
        try
        {
            if (Best(package) is not { } best || best.OutputPath == package.OutputPath)
                return package;
            var isOlder =
                PackageName.CompareVersions(package.ParsedName.Version, best.ParsedName.Version)
                > 0;
            note($"{(isOlder ? "downgrading" : "upgrading")} '{package.Name}' to '{best.Name}'");
            return best;
        }
        catch (EvaluationException failure)
            when (failure.AddTrace(
                    Position.None,
                    $"while trying to find an upgrade for '{package.Name}'"
                )
            )
        {
            throw;
        }
    }

    private PackageInformation? Best(PackageInformation package)
    {
        var name = package.ParsedName;
        PackageInformation? best = null;
        foreach (var candidate in available)
        {
            if (
                candidate.ParsedName.Name != name.Name
                || PackageSelection.ComparePriorities(package, candidate) > 0
                || !IsWanted(
                    PackageName.CompareVersions(name.Version, candidate.ParsedName.Version)
                )
            )
                continue;
            if ((best is null || Compare(best, candidate) < 0) && mayBeTaken(candidate))
                best = candidate;
        }

        return best;
    }

    private bool IsWanted(int order) =>
        extent switch
        {
            UpgradeExtent.Newer => order < 0,
            UpgradeExtent.NewerOrSame => order <= 0,
            UpgradeExtent.Same => order == 0,
            _ => true,
        };

    private static int Compare(PackageInformation left, PackageInformation right) =>
        PackageSelection.ComparePriorities(left, right) is not 0 and var order
            ? order
            : PackageName.CompareVersions(left.ParsedName.Version, right.ParsedName.Version);
}
