using System.Collections.Immutable;
using Ferry.Formats;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Build.Outputs;

/// <summary>One output on its way from the scratch store to the real one. Each step of the pipeline fills in more.</summary>
/// <param name="Name">As in the derivation.</param>
/// <param name="Path">Where it will be.</param>
/// <param name="RealPath">Where its files are now.</param>
public sealed record BuiltOutput(ByteString Name, StorePath Path, string RealPath)
{
    /// <summary>What its files mention; itself included where they do. From the scan on.</summary>
    public ImmutableSortedSet<StorePath> References { get; init; } = [];

    /// <summary>SHA-256 of its NAR; null before it was computed.</summary>
    public Hash? NarHash { get; init; }

    /// <summary>Bytes of its NAR.</summary>
    public long NarSize { get; init; }

    /// <summary>Set for fixed outputs: what the content really hashes to.</summary>
    public ContentAddress? ContentAddress { get; init; }
}
