using Ferry.Cli.Progress;
using Ferry.Store.Closures;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli.Profiles;

/// <summary>How packages have changed, in a line each.</summary>
internal static class ClosureDifferenceText
{
    public static string Of(ClosureDifference difference)
    {
        var parts = new List<string>();
        if (difference.HasVersions)
            parts.Add($"{Versions(difference.Removed)} → {Versions(difference.Added)}");
        if (difference.ShowsGrowth)
        {
            // In colours wherever the output goes, as stock has it.
            var colour = difference.Growth > 0 ? TerminalColor.Red : TerminalColor.Green;
            parts.Add($"{colour}{SizeText.Of(difference.Growth)}{TerminalColor.Normal}");
        }

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
