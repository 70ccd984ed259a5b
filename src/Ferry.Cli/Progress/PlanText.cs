using System.Text;
using Ferry.Build.Logs;

namespace Ferry.Cli.Progress;

/// <summary>What is about to happen, in stock's words.</summary>
internal static class PlanText
{
    public static string Of(BuildSummary summary, ProgressOptions options)
    {
        if (!options.ListsPlan || !summary.IsAnnounced)
            return "";
        var text = new StringBuilder();
        List(text, "derivation", "built", summary.ToBuild);
        List(text, "path", "fetched", summary.ToSubstitute);
        if (summary.Unknown.Count > 0)
        {
            text.Append("don't know how to build these paths:\n");
            foreach (var path in summary.Unknown)
                text.Append("  ").Append(path).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void List(
        StringBuilder text,
        string noun,
        string verb,
        IReadOnlyList<string> paths
    )
    {
        if (paths.Count == 0)
            return;
        text.Append(
            paths.Count == 1
                ? $"this {noun} will be {verb}:\n"
                : $"these {paths.Count} {noun}s will be {verb}:\n"
        );
        foreach (var path in paths)
            text.Append("  ").Append(path).Append('\n');
    }
}
