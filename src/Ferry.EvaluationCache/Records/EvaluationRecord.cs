using Ferry.EvaluationCache.Readings;
using Ferry.Formats.StorePaths;

namespace Ferry.EvaluationCache.Records;

/// <summary>A result, with everything that it depends on. Immutable.</summary>
/// <param name="Answer">The result, in a form that whoever asked knows.</param>
public sealed record EvaluationRecord(ReadOnlyMemory<byte> Answer)
{
    public IReadOnlyList<SourceRecord> Sources { get; init; } = [];

    /// <summary>Of the environment; null for those that were not set.</summary>
    public IReadOnlyList<NamedValue> Variables { get; init; } = [];

    public IReadOnlyList<ObjectRecord> Objects { get; init; } = [];

    /// <summary>What the flake's <c>nixConfig</c> asks for.</summary>
    public IReadOnlyList<NamedValue> Settings { get; init; } = [];

    /// <summary>What was said to the person meanwhile.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];
}

/// <param name="Name">Of something.</param>
/// <param name="Value">Null for none.</param>
public sealed record NamedValue(string Name, string? Value);

/// <summary>What was read of a source that can change.</summary>
/// <param name="Name">Identifies it.</param>
/// <param name="Paths">In order.</param>
/// <param name="Attributes">In order.</param>
public sealed record SourceRecord(
    string Name,
    IReadOnlyList<PathReading> Paths,
    IReadOnlyList<NamedValue> Attributes
);

/// <param name="Path">Of a store object.</param>
/// <param name="IsValid">Whether it was there.</param>
public sealed record ObjectRecord(StorePath Path, bool IsValid);
