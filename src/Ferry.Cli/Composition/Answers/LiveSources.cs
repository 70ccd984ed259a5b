using System.Text.Json;
using Ferry.EvaluationCache.Readings;
using Ferry.EvaluationCache.Records;
using Ferry.Fetching;
using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Inputs;
using Ferry.Formats.Inputs;
using Ferry.Formats.StorePaths;

namespace Ferry.Cli.Composition.Answers;

/// <summary>What results of evaluations depend on, as it is now. Owner: one command.</summary>
internal sealed class LiveSources(Session session) : IWorld
{
    /// <summary>The name of this machine's own files.</summary>
    public const string Disk = "/";

    private static readonly HashSet<string> s_revisions =
    [
        "rev",
        "revCount",
        "dirtyRev",
        "dirtyShortRev",
    ];

    private readonly Dictionary<string, ILiveSource?> _sources = new(StringComparer.Ordinal);

    /// <summary>The name of a folder that is there by itself.</summary>
    public static string Folder(string path) => path;

    /// <summary>The name of an input.</summary>
    public static string NameOf(FetchInput input) => input.Attributes.ToJson();

    /// <summary>The text of an attribute of a source; of its shape, the names of those that are not always there.</summary>
    public static string? Attribute(InputAttributes attributes, string name) =>
        name == SourceAttributeNames.Shape
            ? Shape(attributes.Select(pair => pair.Key).Where(s_revisions.Contains))
        : attributes.TryGet(name, out var value) ? value.ToString()
        : null;

    public ILiveSource? Find(string source) =>
        _sources.TryGetValue(source, out var known) ? known : _sources[source] = Make(source);

    public string? Variable(string name) => session.Options.Environment.Variable(name);

    public bool IsValid(StorePath path)
    {
        session.Store.AddTemporaryRoot(path);
        return session.Store.IsValid(path);
    }

    private LiveSource? Make(string source)
    {
        if (source.StartsWith('/'))
            return new(source.TrimEnd('/'), new DiskFileTree(source.TrimEnd('/')), _ => null);
        using var json = JsonDocument.Parse(source);
        var input = InputSchemes.Of(InputAttributes.FromJson(json.RootElement));
        var fetcher = session.Fetching.Fetcher;
        return fetcher.Look(input) is { } live
            ? new(live.Folder, live.Tree, name => Attribute(fetcher, live, name))
            : null;
    }

    private static string? Attribute(Fetcher fetcher, LiveTree live, string name)
    {
        if (live.Revisions is { } revisions)
        {
            if (name == SourceAttributeNames.Shape)
                return Shape(revisions.Keys);
            if (s_revisions.Contains(name))
            {
                if (!revisions.TryGetValue(name, out var known))
                    return null;
                if (known is not null)
                    return known;
            }
        }

        var fetched = live.Fetch();
        var input =
            name == SourceAttributeNames.NarHash
                ? fetched.Input.WithNarHash(fetcher.NarHash(fetched))
                : fetched.Input;
        return Attribute(input.Attributes, name);
    }

    private static string Shape(IEnumerable<string> names) =>
        string.Join(' ', names.Order(StringComparer.Ordinal));
}
