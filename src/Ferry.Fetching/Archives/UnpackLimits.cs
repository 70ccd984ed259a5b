namespace Ferry.Fetching.Archives;

/// <summary>Says when an archive grows beyond what honest ones do.</summary>
/// <param name="compressedBytes">Size of the archive as it came.</param>
internal sealed class UnpackLimits(long compressedBytes)
{
    /// <summary>Below this nothing is suspicious: text compresses well.</summary>
    private const long UnsuspiciousBytes = 256L << 20;

    /// <summary>Deflate reaches 1,032 on zeros alone; sources stay below 30.</summary>
    private const long RatioMax = 200;

    /// <exception cref="FetchException">The archive is a bomb.</exception>
    public void Check(long unpackedBytes)
    {
        if (unpackedBytes > UnsuspiciousBytes && unpackedBytes / RatioMax > compressedBytes)
            throw new FetchException(
                $"the archive has {compressedBytes} bytes and unpacks to more than {unpackedBytes >> 20} MiB; refusing to go on"
            );
    }
}
