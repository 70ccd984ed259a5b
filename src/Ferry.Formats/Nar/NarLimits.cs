namespace Ferry.Formats.Nar;

/// <summary>Bounds on what an archive may hold; they are stock's and part of the format, not of a host.</summary>
public static class NarLimits
{
    /// <summary>Directories below each other, the root included.</summary>
    public const int DepthMax = 64;

    /// <summary>Bytes of a file name.</summary>
    public const int NameLengthMax = 255;

    /// <summary>Bytes of a symbolic link's target.</summary>
    public const int TargetLengthMax = 4095;

    /// <summary>Bytes of a keyword; the longest has ten.</summary>
    internal const int TagLengthMax = 32;

    /// <summary>True when a directory entry may have this name.</summary>
    internal static bool IsGoodName(ReadOnlySpan<byte> name) =>
        !name.IsEmpty
        && name.Length <= NameLengthMax
        && !name.SequenceEqual("."u8)
        && !name.SequenceEqual(".."u8)
        && name.IndexOfAny((byte)'/', (byte)0) < 0;
}
