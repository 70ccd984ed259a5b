namespace Ferry.Formats.Compression;

/// <summary>Reads bzip2: stock's compressed build logs, and old source archives. .NET has no reader of it.</summary>
/// <remarks>
/// A stream is <c>BZh1</c>–<c>BZh9</c>, then blocks (48-bit magic 0x314159265359), then 0x177245385090 and a checksum;
/// streams may follow each other. Checksums are not compared: a log's damage shows, a source has its own hash.
/// Source: the format as described in "bzip2 Format Specification" (J. Tsai, 2016).
/// </remarks>
public static class Bzip2
{
    private const long BlockMagic = 0x314159265359;
    private const long EndMagic = 0x177245385090;
    private const int BlockUnit = 100_000;

    /// <param name="compressed">One or more streams.</param>
    /// <param name="onProgress">Takes the bytes so far after each block; what it throws ends the work.</param>
    /// <exception cref="InvalidDataException">The bytes are no bzip2 stream or end early.</exception>
    public static byte[] Decompress(byte[] compressed, Action<long>? onProgress = null)
    {
        var bits = new Bzip2BitReader(compressed);
        var output = new MemoryStream();
        while (bits.RemainingBytes >= 4)
        {
            if (bits.Read(8) != 'B' || bits.Read(8) != 'Z' || bits.Read(8) != 'h')
                throw new InvalidDataException("not a bzip2 stream");
            var level = bits.Read(8) - '0';
            if (level is < 1 or > 9)
                throw new InvalidDataException("unknown bzip2 block size");
            ReadBlocks(bits, level * BlockUnit, output, onProgress);
            bits.SkipToByte();
        }

        return output.ToArray();
    }

    private static void ReadBlocks(
        Bzip2BitReader bits,
        int sizeMax,
        MemoryStream output,
        Action<long>? onProgress
    )
    {
        while (true)
        {
            var magic = ((long)bits.Read(24) << 24) | (uint)bits.Read(24);
            bits.Read(16);
            bits.Read(16);
            if (magic == EndMagic)
                return;
            if (magic != BlockMagic)
                throw new InvalidDataException("broken bzip2 block");
            Bzip2Block.Read(bits, sizeMax, output);
            onProgress?.Invoke(output.Length);
        }
    }
}

/// <summary>Most significant bit first.</summary>
internal sealed class Bzip2BitReader(byte[] source)
{
    private int _byte;
    private int _bit;

    public int RemainingBytes => source.Length - _byte;

    /// <param name="count">At most 24.</param>
    public int Read(int count)
    {
        var value = 0;
        for (var index = 0; index < count; index++)
            value = (value << 1) | ReadBit();
        return value;
    }

    public int ReadBit()
    {
        if (_byte >= source.Length)
            throw new InvalidDataException("bzip2 stream ends early");
        var bit = (source[_byte] >> (7 - _bit)) & 1;
        if (++_bit == 8)
            (_bit, _byte) = (0, _byte + 1);
        return bit;
    }

    public void SkipToByte()
    {
        if (_bit != 0)
            (_bit, _byte) = (0, _byte + 1);
    }
}
