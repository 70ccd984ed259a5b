using System.IO.Compression;

namespace Ferry.Formats.Compression;

/// <summary>The compressions of binary caches that are known here.</summary>
public enum CompressionKind
{
    None,
    Gzip,
    Xz,
    Zstandard,
    Brotli,
}

/// <summary>Names and streams of <see cref="CompressionKind"/>.</summary>
public static class CompressionKinds
{
    /// <summary>The word in narinfo files.</summary>
    public static string Name(this CompressionKind kind) =>
        kind switch
        {
            CompressionKind.Gzip => "gzip",
            CompressionKind.Xz => "xz",
            CompressionKind.Zstandard => "zstd",
            CompressionKind.Brotli => "br",
            _ => "none",
        };

    /// <summary>What follows <c>.nar</c> in the names of files. Stock has nothing for gzip.</summary>
    public static string FileSuffix(this CompressionKind kind) =>
        kind switch
        {
            CompressionKind.Xz => ".xz",
            CompressionKind.Zstandard => ".zst",
            CompressionKind.Brotli => ".br",
            _ => "",
        };

    /// <exception cref="BadFormatException">The word is unknown, or bzip2, which caches have not written since 2014.</exception>
    public static CompressionKind Parse(string name) =>
        name switch
        {
            "" or "none" => CompressionKind.None,
            "gzip" => CompressionKind.Gzip,
            "xz" => CompressionKind.Xz,
            "zstd" => CompressionKind.Zstandard,
            "br" => CompressionKind.Brotli,
            _ => throw new BadFormatException($"unknown compression method '{name}'"),
        };

    /// <summary>A stream that gives what was compressed; disposing closes both.</summary>
    public static Stream Decompress(this CompressionKind kind, Stream compressed) =>
        kind switch
        {
            CompressionKind.Gzip => new GZipStream(compressed, CompressionMode.Decompress),
            CompressionKind.Xz => new XzDecompressionStream(compressed),
            CompressionKind.Zstandard => new ZstdSharp.DecompressionStream(
                compressed,
                leaveOpen: false
            ),
            CompressionKind.Brotli => new BrotliStream(compressed, CompressionMode.Decompress),
            _ => compressed,
        };

    /// <summary>A stream that compresses what is written to it; disposing ends and closes both.</summary>
    public static Stream Compress(this CompressionKind kind, Stream compressed) =>
        kind switch
        {
            CompressionKind.Gzip => new GZipStream(compressed, CompressionLevel.Optimal),
            CompressionKind.Xz => new XzCompressionStream(compressed),
            CompressionKind.Zstandard => new ZstdSharp.CompressionStream(
                compressed,
                leaveOpen: false
            ),
            CompressionKind.Brotli => new BrotliStream(compressed, CompressionLevel.Optimal),
            _ => compressed,
        };
}
