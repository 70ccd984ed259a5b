using Ferry.Formats.StorePaths;

namespace Ferry.Store.Local.Collection;

/// <summary>What a collector shall keep, and how it tells what it does.</summary>
public sealed record CollectionOptions
{
    /// <summary>The outputs of a live derivation live. Stock: keep-outputs.</summary>
    public bool KeepsOutputs { get; init; }

    /// <summary>The derivation of a live output lives. Stock: keep-derivations.</summary>
    public bool KeepsDerivations { get; init; } = true;

    /// <summary>Stops after more than so many bytes; null: never.</summary>
    public long? FreedBytesMax { get; init; }

    /// <summary>Only temporary roots and referrers count.</summary>
    public bool IgnoresRoots { get; init; }

    /// <summary>Takes a line for a person.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>Stops a deletion between two paths.</summary>
    public CancellationToken CancellationToken { get; init; }
}

/// <param name="Deleted">How many things in the store are gone.</param>
/// <param name="FreedBytes">What that made free on the disk.</param>
/// <param name="SavedBytes">What hard links save; null when nobody looked.</param>
public readonly record struct CollectionResult(long Deleted, long FreedBytes, long? SavedBytes);

/// <param name="Live">Valid paths that something keeps, in order.</param>
/// <param name="Dead">The other valid paths, in order.</param>
public sealed record Liveness(IReadOnlyList<StorePath> Live, IReadOnlyList<StorePath> Dead);
