using System.Collections.Immutable;
using Ferry.Formats.Hashing;
using Ferry.Formats.Signatures;
using Ferry.Formats.StorePaths;

namespace Ferry.Store;

/// <summary>What a store knows of a valid path.</summary>
/// <param name="Path">The path itself.</param>
/// <param name="NarHash">SHA-256 of the object's NAR.</param>
/// <param name="NarSize">Bytes of the object's NAR.</param>
public sealed record PathInfo(StorePath Path, Hash NarHash, long NarSize)
{
    /// <summary>Everything the object's contents mention, itself included where it does.</summary>
    public ImmutableSortedSet<StorePath> References { get; init; } = [];

    /// <summary>The derivation it was built from, which need not be valid any more.</summary>
    public StorePath? Deriver { get; init; }

    /// <summary>Unix seconds.</summary>
    public long RegistrationTime { get; init; }

    /// <summary>True when this store built it itself, so that it needs no signature.</summary>
    public bool IsUltimate { get; init; }

    /// <summary><c>KEYNAME:BASE64</c> each.</summary>
    public ImmutableSortedSet<string> Signatures { get; init; } =
        ImmutableSortedSet.Create<string>(SignatureOrder.Instance);

    public ContentAddress? ContentAddress { get; init; }
}
