using Ferry.Cli.Progress;
using Ferry.Store.Closures;

namespace Ferry.Cli.Profiles;

/// <summary>How packages have changed, in a line each.</summary>
internal static class ClosureDifferenceText
{
    // In colours wherever the output goes, as stock has it.
    private const string Red = "\e[31;1m";
    private const string Green = "\e[32;1m";
    private const string Plain = "\e[0m";

    public static string Of(ClosureDifference difference)
    {
        var parts = new List<string>();
        if (difference.HasVersions)
            parts.Add($"{Versions(difference.Removed)} → {Versions(difference.Added)}");
        if (difference.ShowsGrowth)
            parts.Add(
                $"{(difference.Growth > 0 ? Red : Green)}{SizeText.Of(difference.Growth)}{Plain}"
            );
        return $"{difference.Name}: {string.Join(", ", parts)}";
    }

    public static string Versions(IReadOnlyList<string> versions) =>
        versions.Count == 0
            ? "∅"
            : string.Join(
                ", ",
                versions
                    .Select(version => version.Length == 0 ? "ε" : version)
                    .Order(StringComparer.Ordinal)
            );
}
