using System.Text;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Processes;

namespace Ferry.Build.Goals;

/// <summary>Failure reports in stock's words.</summary>
internal static class FailureMessages
{
    /// <param name="step">What failed.</param>
    /// <param name="exit">How the builder ended.</param>
    /// <param name="tail">Last log lines; empty when the whole log was shown.</param>
    /// <param name="directory">For the paths.</param>
    public static string BuilderFailed(
        BuildStep step,
        ProcessExit exit,
        IReadOnlyList<string> tail,
        StoreDirectory directory
    )
    {
        var text = new StringBuilder();
        text.Append($"Cannot build '{directory.Format(step.Path)}'.\n");
        text.Append($"Reason: builder {SignalNames.Describe(exit)}.");
        AppendOutputs(step, directory, text);
        if (tail.Count == 0)
            return text.ToString();

        text.Append($"\nLast {tail.Count} log lines:\n");
        foreach (var line in tail)
            text.Append($"> {line}\n");
        text.Append($"For full logs, run:\n  nix log {directory.Format(step.Path)}");
        return text.ToString();
    }

    /// <param name="step">What cannot be built.</param>
    /// <param name="count">How many of its direct inputs failed.</param>
    /// <param name="directory">For the paths.</param>
    public static string DependencyFailed(BuildStep step, int count, StoreDirectory directory)
    {
        var text = new StringBuilder();
        text.Append($"Cannot build '{directory.Format(step.Path)}'.\n");
        text.Append($"Reason: {count} {(count == 1 ? "dependency" : "dependencies")} failed.");
        AppendOutputs(step, directory, text);
        return text.ToString();
    }

    private static void AppendOutputs(BuildStep step, StoreDirectory directory, StringBuilder text)
    {
        text.Append("\nOutput paths:");
        foreach (var path in step.Outputs.Values.Order())
            text.Append($"\n  {directory.Format(path)}");
    }
}
