using System.Collections.Concurrent;
using Ferry.Evaluation.Ports;
using Ferry.EvaluationCache.Readings;
using Ferry.Formats.StorePaths;

namespace Ferry.EvaluationCache.Recording;

/// <summary>Sources that can change, and where evaluation sees them. Any number of threads may use it.</summary>
/// <param name="directory">Of the store.</param>
public sealed class MountedSources(StoreDirectory directory) : ISourceObserver
{
    // What programs see of one attribute of the input under other names.
    private static readonly Dictionary<string, string> s_origins = new(StringComparer.Ordinal)
    {
        ["outPath"] = SourceAttributeNames.NarHash,
        ["shortRev"] = "rev",
        ["lastModifiedDate"] = "lastModified",
    };

    private readonly ConcurrentDictionary<StorePath, List<MountedSource>> _sources = new();

    private sealed record MountedSource(SourceReadings Readings, Func<string, string?> Attribute)
    {
        public void See(string name) => Readings.AddAttribute(name, Attribute(name));
    }

    /// <param name="path">Where evaluation sees the source: it follows from the hash of the whole tree.</param>
    /// <param name="readings">Take what is read of it.</param>
    /// <param name="attribute">The text of an attribute of the source.</param>
    public void Add(StorePath path, SourceReadings readings, Func<string, string?> attribute)
    {
        var sources = _sources.GetOrAdd(path, static _ => []);
        lock (sources)
        {
            if (sources.Exists(source => source.Readings.Name == readings.Name))
                return;
            sources.Add(new(readings, attribute));
            // Two sources with the same files look like one; whether they still are the same must be asked.
            if (sources.Count > 1)
                sources.ForEach(source => source.See(SourceAttributeNames.NarHash));
        }
    }

    public void PathSeen(string path)
    {
        if (directory.Contains(path))
            See(directory.Split(path).Path, SourceAttributeNames.NarHash);
    }

    public void NameSeen(string path)
    {
        if (IsRoot(path))
            PathSeen(path);
    }

    public void AttributeSeen(StorePath source, string name) =>
        See(source, s_origins.GetValueOrDefault(name, name));

    public void ShapeSeen(StorePath source) => See(source, SourceAttributeNames.Shape);

    /// <summary>A text has come out of evaluation, perhaps with the path of a source in it.</summary>
    public void TextSeen(ReadOnlySpan<byte> text)
    {
        foreach (var path in _sources.Keys)
        {
            if (text.IndexOf(System.Text.Encoding.ASCII.GetBytes(path.Digest)) >= 0)
                See(path, SourceAttributeNames.NarHash);
        }
    }

    /// <summary>The path is a whole source.</summary>
    internal bool IsRoot(string path) =>
        directory.Contains(path)
        && directory.Split(path) is (var root, var below)
        && below.Trim('/').Length == 0
        && _sources.ContainsKey(root);

    private void See(StorePath path, string name)
    {
        if (!_sources.TryGetValue(path, out var sources))
            return;
        lock (sources)
            sources.ForEach(source => source.See(name));
    }
}
