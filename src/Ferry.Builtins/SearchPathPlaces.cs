using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;

namespace Ferry.Builtins;

/// <summary>Where entries of the search path are. Each is looked for once an evaluation.</summary>
internal static class SearchPathPlaces
{
    private static readonly ConditionalWeakTable<
        Evaluator,
        ConcurrentDictionary<string, string?>
    > s_known = [];

    /// <returns>Null when the entry is not there, which is only worth a warning.</returns>
    public static string? Resolve(Evaluator evaluator, string location) =>
        s_known.GetOrCreateValue(evaluator).GetOrAdd(location, place => Find(evaluator, place));

    private static string? Find(Evaluator evaluator, string location)
    {
        if (IsUrl(location))
            throw EvaluationException.Failed(
                $"search path entry '{location}' would have to be fetched, and builtin '{"fetchTarball"}' is not there yet"
            );
        if (location.StartsWith("flake:", StringComparison.Ordinal))
            throw EvaluationException.Failed(
                $"search path entry '{location}' is a flake, and builtin '{"getFlake"}' is not there yet"
            );

        var path = PathText.Canonicalize(location is ['/', ..] ? location : "/" + location);
        if (evaluator.Files.Kind(evaluator.Files.ResolveLinks(path)) is not null)
            return path;
        TracingBuiltins.Warn(
            evaluator,
            $"Nix search path entry '{location}' does not exist, ignoring"
        );
        return null;
    }

    private static bool IsUrl(string location) =>
        location.StartsWith("channel:", StringComparison.Ordinal)
        || (
            location.IndexOf("://", StringComparison.Ordinal) is > 0 and var end
            && location[..end] is "http" or "https" or "file" or "channel" or "git" or "s3" or "ssh"
        );
}
