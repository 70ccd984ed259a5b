using System.ComponentModel;

namespace Ferry.Build;

/// <summary>Recognises a full disk among the failures of the system.</summary>
internal static class DiskErrors
{
    /// <summary>ENOSPC, which .NET gives as the error number itself on Unix.</summary>
    public const int NoSpace = 28;

    /// <summary>EDQUOT: the user's own share of the disk is full.</summary>
    private const int QuotaReached = 122;

    public static bool IsFull(Exception failure) =>
        failure switch
        {
            Win32Exception system => system.NativeErrorCode is NoSpace or QuotaReached,
            IOException file => file.HResult is NoSpace or QuotaReached,
            _ => false,
        };
}
