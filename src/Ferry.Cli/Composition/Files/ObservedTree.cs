using Ferry.Evaluation.Ports;
using Ferry.EvaluationCache.Readings;
using Ferry.Platform.Files;

namespace Ferry.Cli.Composition.Files;

/// <summary>A tree that can change, of which everything that evaluation reads is recorded.</summary>
/// <param name="inner">The tree.</param>
/// <param name="readings">Take what is read.</param>
/// <param name="folder">Where its files lie on this machine, without a slash at the end.</param>
internal sealed class ObservedTree(ISourceTree inner, SourceReadings readings, string folder)
    : ISourceTree
{
    /// <summary>Paths that never change once they are there, and what is below them, need no record.</summary>
    public Func<string, bool> IsFixed { get; init; } = static _ => false;

    /// <summary>A directory that counts as there even before somebody makes it.</summary>
    public string? Given { get; init; }

    public string? Title => inner.Title;

    public SourceFileKind? Kind(string path)
    {
        var kind = inner.Kind(path);
        if (!IsFixed(path) && path != Given)
            readings.AddKind(path, kind);
        return kind;
    }

    public byte[] Read(string path)
    {
        if (IsFixed(path))
            return inner.Read(path);
        // Before the contents: what is changed in between has another status afterwards.
        var status = FileStatus.TryGet(folder + path);
        var contents = inner.Read(path);
        readings.AddContents(path, contents, status);
        return contents;
    }

    public IReadOnlyList<SourceDirectoryEntry> List(string path)
    {
        var entries = inner.List(path);
        if (!IsFixed(path))
            readings.AddEntries(path, entries);
        return entries;
    }

    public string ReadLink(string path)
    {
        var target = inner.ReadLink(path);
        if (!IsFixed(path))
            readings.AddTarget(path, target);
        return target;
    }

    public string? ExplainAbsence(string path) => inner.ExplainAbsence(path);
}
