using System.Formats.Tar;
using System.IO.Compression;
using Ferry.Formats;
using Ferry.Formats.Compression;
using ZstdSharp;

namespace Ferry.Fetching.Archives;

/// <summary>Unpacks tar (plain or in gzip, bzip2, xz or zstd) and zip, told apart by their first bytes.</summary>
internal static class ArchiveReader
{
    private const int MagicLength = 6;
    private const int BlockLength = 512;

    /// <param name="archive">Seekable, at its start.</param>
    /// <param name="temporaryFile">Where contents are kept meanwhile.</param>
    /// <exception cref="FetchException">It is no archive, is damaged, or holds something hostile.</exception>
    public static UnpackedTree Unpack(Stream archive, string temporaryFile)
    {
        var limits = new UnpackLimits(archive.Length);
        var tree = new UnpackedTree(temporaryFile, limits);
        try
        {
            if (IsZip(archive))
                ZipEntries.Read(archive, tree);
            else
                ReadTar(archive, tree, limits);
            return tree;
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            tree.Dispose();
            throw new FetchException($"cannot read the archive: {damage.Message}", damage);
        }
        catch
        {
            tree.Dispose();
            throw;
        }
    }

    private static bool IsZip(Stream archive)
    {
        Span<byte> magic = stackalloc byte[4];
        var count = archive.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        archive.Position = 0;
        return count == magic.Length
            && (magic.SequenceEqual("PK\x03\x04"u8) || magic.SequenceEqual("PK\x05\x06"u8));
    }

    private static void ReadTar(Stream archive, UnpackedTree tree, UnpackLimits limits)
    {
        using var plain = Decompress(archive, limits);
        using var tar = new TarReader(plain, leaveOpen: true);
        var isFirst = true;
        try
        {
            while (tar.GetNextEntry() is { } entry)
            {
                isFirst = false;
                TarEntries.Add(entry, tree);
            }
        }
        catch (Exception damage) when (isFirst && IsDamage(damage))
        {
            throw Unrecognized(damage);
        }

        // Only blocks of zeros may be an archive without entries: anything else that ends at once is none.
        if (isFirst && archive.Length < BlockLength)
            throw Unrecognized(inner: null);
    }

    private static FetchException Unrecognized(Exception? inner) =>
        new("Failed to open archive (Unrecognized archive format)", inner);

    private static Stream Decompress(Stream archive, UnpackLimits limits)
    {
        Span<byte> magic = stackalloc byte[MagicLength];
        var count = archive.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        archive.Position = 0;
        magic = magic[..count];
        if (magic.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            return new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true);
        if (
            magic.StartsWith(
                (ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]
            )
        )
            return new XzDecompressionStream(archive, leaveOpen: true);
        if (magic.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]))
            return new DecompressionStream(archive, leaveOpen: true);
        if (!magic.StartsWith("BZh"u8))
            return new NotDisposed(archive);

        var compressed = new byte[archive.Length];
        archive.ReadExactly(compressed);
        return new MemoryStream(Bzip2.Decompress(compressed, limits.Check), writable: false);
    }

    private static bool IsDamage(Exception failure) =>
        failure
            is InvalidDataException
                or FormatException
                or EndOfStreamException
                or OverflowException
                or NotSupportedException
                or ZstdException
                or BadFormatException;

    /// <summary>Lets a plain archive be disposed of by its reader without being closed.</summary>
    private sealed class NotDisposed(Stream inner) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer) => inner.Read(buffer);
    }
}
