namespace Ferry.Debian.Fetching;

/// <summary>A way to get packages onto this machine.</summary>
internal interface IPackageSource
{
    /// <summary>The root of the archive that is asked, without a final slash.</summary>
    string Mirror { get; }

    /// <summary>
    /// Fetches what it can into a directory, each package under its <see cref="PinnedPackage.Sha256"/>.
    /// </summary>
    /// <returns>Why packages were not to be had; those that are not named have been written, unchecked.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    IReadOnlyDictionary<PinnedPackage, PackageFailure> Fetch(
        IReadOnlyList<PinnedPackage> packages,
        string directory,
        Action<PinnedPackage, long> progress,
        CancellationToken cancellationToken
    );
}

/// <param name="Reason">The end of a sentence: "the mirror answered 404".</param>
/// <param name="IsGone">The source works, but has this package no more: the pin is stale.</param>
internal sealed record PackageFailure(string Reason, bool IsGone);
