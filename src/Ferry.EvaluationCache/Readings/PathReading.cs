using Ferry.Evaluation.Ports;
using Ferry.Formats.Hashing;

namespace Ferry.EvaluationCache.Readings;

/// <summary>What an evaluation was told of one path of a source. What it did not ask for is null.</summary>
/// <param name="Path">Empty for the source itself, else it starts with a slash.</param>
public sealed record PathReading(string Path)
{
    /// <summary>What is there; a presence without a kind means that there was nothing.</summary>
    public Presence? Presence { get; init; }

    /// <summary>SHA-256 of the contents.</summary>
    public Hash? Contents { get; init; }

    /// <summary>Of the file before it was read; null where it was changed too short a time before.</summary>
    public FileStamp? Stamp { get; init; }

    /// <summary>SHA-256 of names and kinds, as <see cref="Listing.HashOf"/> makes it.</summary>
    public Hash? Entries { get; init; }

    /// <summary>Of a link.</summary>
    public string? Target { get; init; }

    /// <summary>Both together; null where they contradict each other, so that the source changed in between.</summary>
    public PathReading? Join(PathReading other)
    {
        if (
            (Presence is { } presence && other.Presence is { } seen && presence != seen)
            || (Contents is not null && other.Contents is not null && Contents != other.Contents)
            || (Entries is not null && other.Entries is not null && Entries != other.Entries)
            || (Target is not null && other.Target is not null && Target != other.Target)
        )
            return null;
        return this with
        {
            Presence = Presence ?? other.Presence,
            Contents = Contents ?? other.Contents,
            Stamp = Contents is null ? other.Stamp : Stamp,
            Entries = Entries ?? other.Entries,
            Target = Target ?? other.Target,
        };
    }
}

/// <param name="Kind">Null for nothing.</param>
public readonly record struct Presence(SourceFileKind? Kind);
