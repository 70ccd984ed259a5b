using Ferry.Builtins.Fetchers;
using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Formats.StorePaths;

namespace Ferry.Builtins;

/// <summary>What restricted evaluation may read before it begins: the places of the search path.</summary>
public static class SearchPathAccess
{
    /// <param name="evaluator">Its settings hold the search path. Every entry is looked for now, with a warning for each that is missing.</param>
    /// <param name="allow">Gets the paths that may be read.</param>
    public static void Open(Evaluator evaluator, Action<string> allow)
    {
        foreach (var entry in evaluator.Settings.SearchPath)
        {
            if (!PseudoUrl.IsOne(entry.Location) && !SearchPathPlaces.IsFlake(entry.Location))
                Allow(
                    evaluator,
                    PathText.Combine(evaluator.Settings.WorkingDirectory, entry.Location),
                    allow
                );
            SearchPathPlaces.Resolve(evaluator, entry.Location);
        }
    }

    private static void Allow(Evaluator evaluator, string path, Action<string> allow)
    {
        allow(path);
        var store = evaluator.Store;
        if (!store.Directory.Contains(path))
            return;
        var (root, _) = FormatErrors.Explain(() => store.Directory.Split(path));
        var seen = new HashSet<StorePath>();
        var waiting = new Stack<StorePath>([root]);
        while (waiting.TryPop(out var next))
        {
            if (!seen.Add(next) || !store.IsValid(next))
                continue;
            allow(store.Directory.Format(next));
            foreach (var reference in store.References(next))
                waiting.Push(reference);
        }
    }
}
