using Ferry.Flakes.Locks;
using Ferry.Flakes.References;

namespace Ferry.Flakes.Declarations;

/// <summary>One of <c>inputs</c> as a flake declares it.</summary>
public sealed record FlakeInput
{
    /// <summary>Null when only its inputs are overridden, or when it follows another one.</summary>
    public FlakeReference? Reference { get; init; }

    public bool IsFlake { get; init; } = true;

    /// <summary>From the root of the lock file; null when it follows nothing.</summary>
    public InputPath? Follows { get; init; }

    /// <summary>What its own inputs are to be instead, by name in byte order.</summary>
    public SortedDictionary<string, FlakeInput> Overrides { get; init; } = Empty();

    public static SortedDictionary<string, FlakeInput> Empty() => new(StringComparer.Ordinal);
}
