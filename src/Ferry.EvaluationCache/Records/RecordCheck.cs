using Ferry.EvaluationCache.Readings;
using Ferry.Formats.Hashing;

namespace Ferry.EvaluationCache.Records;

/// <summary>Tells whether a result would come out again. Owner: one call.</summary>
/// <param name="world">As it is now.</param>
/// <param name="nowSeconds">Unix seconds.</param>
/// <remarks>
/// An evaluation that is told the same as before does the same as before, so it is enough that every answer it got still
/// holds; in which order it asked does not matter.
/// </remarks>
public sealed class RecordCheck(IWorld world, long nowSeconds)
{
    private readonly Dictionary<(string Source, string Path), FileStamp> _renewed = [];

    /// <summary>True when everything is as it was.</summary>
    public bool Holds(EvaluationRecord record) =>
        record.Variables.All(variable => world.Variable(variable.Name) == variable.Value)
        && record.Sources.All(Holds)
        && record.Objects.All(item => world.IsValid(item.Path) == item.IsValid);

    /// <summary>The record with stamps of files whose contents had to be read again; null where there are none.</summary>
    public EvaluationRecord? Renew(EvaluationRecord record)
    {
        if (_renewed.Count == 0)
            return null;
        return record with
        {
            Sources =
            [
                .. record.Sources.Select(source =>
                    source with
                    {
                        Paths =
                        [
                            .. source.Paths.Select(reading =>
                                _renewed.TryGetValue((source.Name, reading.Path), out var stamp)
                                    ? reading with
                                    {
                                        Stamp = stamp,
                                    }
                                    : reading
                            ),
                        ],
                    }
                ),
            ],
        };
    }

    private bool Holds(SourceRecord record)
    {
        if (world.Find(record.Name) is not { } source)
            return false;
        foreach (var attribute in record.Attributes)
        {
            if (source.Attribute(attribute.Name) != attribute.Value)
                return false;
        }

        foreach (var reading in record.Paths)
        {
            if (!Holds(record.Name, source, reading))
                return false;
        }

        return true;
    }

    private bool Holds(string name, ILiveSource source, PathReading reading)
    {
        if (reading.Presence is { } presence && source.Kind(reading.Path) != presence.Kind)
            return false;
        if (reading.Target is { } target && source.ReadLink(reading.Path) != target)
            return false;
        if (
            reading.Entries is { } entries
            && (source.List(reading.Path) is not { } found || Listing.HashOf(found) != entries)
        )
            return false;
        return reading.Contents is null || HasContents(name, source, reading);
    }

    private bool HasContents(string name, ILiveSource source, PathReading reading)
    {
        var status = source.Status(reading.Path);
        var stamp = status is null ? (FileStamp?)null : FileStamp.Of(status);
        if (stamp is not null && reading.Stamp == stamp)
            return true;
        if (
            source.Read(reading.Path) is not { } contents
            || Hash.Compute(HashKind.Sha256, contents) != reading.Contents
        )
            return false;
        if (stamp is { } taken && taken.IsSettled(nowSeconds))
            _renewed[(name, reading.Path)] = taken;
        return true;
    }
}
