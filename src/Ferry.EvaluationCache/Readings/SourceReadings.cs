using System.Collections.Concurrent;
using Ferry.Evaluation.Ports;
using Ferry.EvaluationCache.Records;
using Ferry.Formats.Hashing;
using Ferry.Platform.Files;

namespace Ferry.EvaluationCache.Readings;

/// <summary>Gathers what an evaluation reads of one source that can change. Any number of threads may add.</summary>
public sealed class SourceReadings
{
    private readonly EvaluationReadings _owner;
    private readonly ConcurrentDictionary<string, PathReading> _paths = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> _attributes = new(
        StringComparer.Ordinal
    );

    internal SourceReadings(EvaluationReadings owner, string name) =>
        (_owner, Name) = (owner, name);

    /// <summary>Identifies the source in every process.</summary>
    public string Name { get; }

    internal int Count => _paths.Count;

    public void AddKind(string path, SourceFileKind? kind)
    {
        var presence = new Presence(kind);
        // Asked again and again for the same paths.
        if (_paths.TryGetValue(path, out var known) && known.Presence == presence)
            return;
        Add(new PathReading(path) { Presence = presence });
    }

    /// <param name="path">Of a file.</param>
    /// <param name="contents">What was read.</param>
    /// <param name="before">What the file system said before that; null where the file has no place of its own.</param>
    public void AddContents(string path, ReadOnlySpan<byte> contents, FileStatus? before)
    {
        if (EvaluationReadings.IsPaused)
            return;
        var stamp = before is null ? (FileStamp?)null : FileStamp.Of(before);
        Add(
            new PathReading(path)
            {
                Contents = Hash.Compute(HashKind.Sha256, contents),
                Stamp = stamp is { } taken && taken.IsSettled(_owner.Now) ? taken : null,
            }
        );
    }

    public void AddEntries(string path, IReadOnlyList<SourceDirectoryEntry> entries) =>
        Add(new PathReading(path) { Entries = Listing.HashOf(entries) });

    public void AddTarget(string path, string target) =>
        Add(new PathReading(path) { Target = target });

    /// <param name="name">Of an attribute, or <see cref="SourceAttributeNames.Shape"/>.</param>
    /// <param name="value">Null where there is none.</param>
    public void AddAttribute(string name, string? value)
    {
        if (_attributes.GetOrAdd(name, value) != value)
            _owner.Spoil();
    }

    internal SourceRecord ToRecord() =>
        new(
            Name,
            [.. _paths.Values.OrderBy(reading => reading.Path, StringComparer.Ordinal)],
            [
                .. _attributes
                    .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => new NamedValue(pair.Key, pair.Value)),
            ]
        );

    private void Add(PathReading reading)
    {
        if (EvaluationReadings.IsPaused)
            return;
        _paths.AddOrUpdate(
            reading.Path,
            static (_, added) => added.Reading,
            static (_, known, added) =>
            {
                if (known.Join(added.Reading) is { } joined)
                    return joined;
                added.Owner.Spoil();
                return known;
            },
            (Reading: reading, Owner: _owner)
        );
    }
}

/// <summary>Names under which a source's own attributes are recorded, besides those that programs know.</summary>
public static class SourceAttributeNames
{
    /// <summary>Which attributes there are.</summary>
    public const string Shape = "?";

    /// <summary>The hash of the whole tree.</summary>
    public const string NarHash = "narHash";
}
