namespace Ferry.Debian.Fetching;

/// <summary>A pinned package is not to be had.</summary>
public sealed class PackageUnavailableException : Exception
{
    public PackageUnavailableException(PinnedPackage package, string reason, bool isGone)
        : base($"cannot fetch the Debian package {package}: {reason}") =>
        (Package, Reason, IsGone) = (package, reason, isGone);

    public PinnedPackage Package { get; }

    /// <summary>The end of a sentence.</summary>
    public string Reason { get; }

    /// <summary>The archive works, but has this version no more: the pin is stale.</summary>
    public bool IsGone { get; }
}
