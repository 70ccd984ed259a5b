using Ferry.Platform.Files;

namespace Ferry.EvaluationCache.Readings;

/// <summary>What the file system says of a file. While it stays the same, so do the contents, if it was settled.</summary>
/// <param name="ModifiedSeconds">Unix seconds.</param>
/// <param name="ModifiedNanoseconds">0 to 999,999,999.</param>
/// <param name="ChangedSeconds">Unix seconds; nobody can set this time back.</param>
/// <param name="ChangedNanoseconds">0 to 999,999,999.</param>
/// <param name="SizeBytes">Length of the contents.</param>
/// <param name="Inode">Unique with the device.</param>
/// <param name="Device">Of the file system.</param>
public readonly record struct FileStamp(
    long ModifiedSeconds,
    int ModifiedNanoseconds,
    long ChangedSeconds,
    int ChangedNanoseconds,
    long SizeBytes,
    ulong Inode,
    ulong Device
)
{
    // Some file systems count in steps of two seconds.
    private const long SettlingSeconds = 3;

    public static FileStamp Of(FileStatus status) =>
        new(
            status.ModifiedSeconds,
            status.ModifiedNanoseconds,
            status.ChangedSeconds,
            status.ChangedNanoseconds,
            status.SizeBytes,
            status.Inode,
            status.Device
        );

    /// <summary>
    /// Every later change of the file gives it another stamp. A file that was changed a moment ago may change again
    /// within the same tick of the file system's clock, with nothing to show for it.
    /// </summary>
    /// <param name="nowSeconds">When the stamp was taken, in Unix seconds.</param>
    public bool IsSettled(long nowSeconds) =>
        Math.Max(ModifiedSeconds, ChangedSeconds) + SettlingSeconds <= nowSeconds;
}
