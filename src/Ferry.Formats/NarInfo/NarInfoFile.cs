using System.Collections.Immutable;
using Ferry.Formats.Hashing;
using Ferry.Formats.Signatures;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.NarInfo;

/// <summary>A binary cache's description of one store path: <c>DIGEST.narinfo</c>.</summary>
/// <param name="Path">The path.</param>
/// <param name="Url">Where the compressed NAR lies, relative to the cache.</param>
/// <param name="NarHash">SHA-256 of the NAR, uncompressed.</param>
/// <param name="NarSize">Bytes of the NAR, uncompressed; never 0.</param>
public sealed record NarInfoFile(StorePath Path, string Url, Hash NarHash, long NarSize)
{
    /// <summary>As in the file: <c>xz</c>, <c>zstd</c>, <c>none</c>; a file without the line means <c>bzip2</c>.</summary>
    public string Compression { get; init; } = "none";

    /// <summary>Of the compressed file.</summary>
    public Hash? FileHash { get; init; }

    /// <summary>Bytes of the compressed file; 0 when unknown.</summary>
    public long FileSize { get; init; }

    public ImmutableSortedSet<StorePath> References { get; init; } = [];

    public StorePath? Deriver { get; init; }

    /// <summary><c>KEYNAME:BASE64</c> each.</summary>
    public ImmutableSortedSet<string> Signatures { get; init; } =
        ImmutableSortedSet.Create<string>(SignatureOrder.Instance);

    public ContentAddress? ContentAddress { get; init; }
}
