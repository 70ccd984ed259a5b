using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Ferry.Builtins.Fetchers;
using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Formats.StorePaths;

namespace Ferry.Builtins;

/// <summary>Where entries of the search path are. Each is looked for once an evaluation.</summary>
internal static class SearchPathPlaces
{
    private const string FlakePrefix = "flake:";

    private static readonly ConditionalWeakTable<
        Evaluator,
        ConcurrentDictionary<string, string?>
    > s_known = [];

    /// <returns>Null when the entry is not there, which is only worth a warning.</returns>
    public static string? Resolve(Evaluator evaluator, string location) =>
        s_known.GetOrCreateValue(evaluator).GetOrAdd(location, place => Find(evaluator, place));

    public static bool IsFlake(string location) =>
        location.StartsWith(FlakePrefix, StringComparison.Ordinal);

    private static string? Find(Evaluator evaluator, string location)
    {
        if (PseudoUrl.IsOne(location))
            return Download(evaluator, location);
        if (IsFlake(location))
            return Show(
                evaluator,
                evaluator.Fetcher.FetchFlakeTree(location[FlakePrefix.Length..])
            );

        var path = PathText.Combine(evaluator.Settings.WorkingDirectory, location);
        if (evaluator.Files.Kind(evaluator.Files.ResolveLinks(path)) is not null)
            return path;
        TracingBuiltins.Warn(
            evaluator,
            $"Nix search path entry '{location}' does not exist, ignoring"
        );
        return null;
    }

    // What cannot be had is passed over, so that the next entry gets its turn.
    private static string? Download(Evaluator evaluator, string location)
    {
        try
        {
            return Show(
                evaluator,
                evaluator.Fetcher.DownloadArchive(PseudoUrl.Resolve(location), "source")
            );
        }
        catch (EvaluationException failure) when (failure.Kind == EvaluationErrorKind.Failed)
        {
            TracingBuiltins.Warn(
                evaluator,
                $"Nix search path entry '{location}' cannot be downloaded, ignoring"
            );
            return null;
        }
    }

    private static string Show(Evaluator evaluator, StorePath path) =>
        evaluator.Store.Directory.Format(path);
}
