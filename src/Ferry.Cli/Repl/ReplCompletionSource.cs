using Ferry.Cli.Composition;
using Ferry.Cli.Repl.LineEditing;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Fetching;

namespace Ferry.Cli.Repl;

/// <summary>Names from a running session. On the evaluation thread.</summary>
internal sealed class ReplCompletionSource(
    Session session,
    EvaluationSite site,
    ReplScope scope,
    Func<IEnumerable<string>> commands
) : ICompletionSource
{
    public IEnumerable<string> Commands => commands();

    public IEnumerable<string> Variables => scope.Names(site.Evaluator);

    public IEnumerable<string> Flakes
    {
        get
        {
            try
            {
                return
                [
                    .. session
                        .Fetching.Fetcher.Registries.All.SelectMany(registry => registry.Entries)
                        .Select(entry => entry.From.Attributes.Text("id"))
                        .OfType<string>(),
                ];
            }
            catch (FetchException)
            {
                return [];
            }
        }
    }

    // The expression may be anything; one that fails has no attributes.
    public IEnumerable<string> Attributes(string expression)
    {
        var mark = Trail.Mark();
        try
        {
            var value = new ReplLines(site, scope, session.WorkingDirectory).Evaluate(expression);
            return value.IsAttributeSet ? Names(value.AsAttributeSet) : [];
        }
        catch (EvaluationException failure)
        {
            Trail.Unwind(mark, failure);
            return [];
        }
        catch (Exception failure)
            when (failure is UnfinishedTextException || FailureReport.Knows(failure))
        {
            Trail.Abandon(mark);
            return [];
        }
    }

    public IEnumerable<string> Files(string folder)
    {
        var path = folder.StartsWith("~/", StringComparison.Ordinal)
            ? session.Options.Environment.Home + folder[1..]
            : folder;
        path = Path.GetFullPath(path, session.WorkingDirectory);
        return Directory.Exists(path)
            ? new DirectoryInfo(path)
                .EnumerateFileSystemInfos()
                .Select(entry => entry is DirectoryInfo ? entry.Name + "/" : entry.Name)
            : [];
    }

    private static List<string> Names(AttributeSet set)
    {
        var names = new List<string>(set.Count);
        for (var index = 0; index < set.Count; index++)
            names.Add(set.SymbolAt(index).ToString());
        return names;
    }
}
