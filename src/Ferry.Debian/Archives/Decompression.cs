using System.IO.Compression;
using Ferry.Formats.Compression;
using ZstdSharp;

namespace Ferry.Debian.Archives;

/// <summary>Opens a member of a package by the end of its name.</summary>
internal static class Decompression
{
    /// <param name="content">The compressed bytes; closed with the result.</param>
    /// <param name="suffix">What follows <c>data.tar</c>: <c>.xz</c>, or nothing.</param>
    /// <exception cref="DebianException">The compression is none that dpkg writes.</exception>
    public static Stream Open(Stream content, string suffix) =>
        suffix switch
        {
            "" => content,
            ".xz" => new XzDecompressionStream(content),
            ".zst" => new DecompressionStream(content),
            ".gz" => new GZipStream(content, CompressionMode.Decompress),
            _ => throw new DebianException(
                $"the package is compressed as '{suffix}'; xz, zst and gz can be read"
            ),
        };
}
