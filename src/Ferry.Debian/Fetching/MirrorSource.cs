namespace Ferry.Debian.Fetching;

/// <summary>Packages by HTTP from a mirror, for hosts without apt. What comes is believed only by its hash.</summary>
internal sealed class MirrorSource(string mirror, IMirrorTransport transport, Action<string> log)
    : IPackageSource
{
    public string Mirror => mirror;

    public IReadOnlyDictionary<PinnedPackage, PackageFailure> Fetch(
        IReadOnlyList<PinnedPackage> packages,
        string directory,
        Action<PinnedPackage, long> progress,
        CancellationToken cancellationToken
    )
    {
        var failures = new Dictionary<PinnedPackage, PackageFailure>();
        PackageFailure? unreachable = null;
        foreach (var package in packages)
        {
            // A mirror that is off is asked once, with all the retries that this takes.
            var failure =
                unreachable
                ?? FetchOne(
                    package,
                    Path.Combine(directory, package.Sha256),
                    progress,
                    cancellationToken
                );
            if (failure is null)
                continue;
            failures[package] = failure;
            unreachable = failure.IsGone ? null : failure;
        }

        return failures;
    }

    private PackageFailure? FetchOne(
        PinnedPackage package,
        string file,
        Action<PinnedPackage, long> progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var target = File.Create(file);
            transport.Download(
                new($"{mirror}/{package.Filename}", target)
                {
                    Progress = (received, _) => progress(package, received),
                    Retrying = log,
                },
                cancellationToken
            );
            return null;
        }
        catch (MirrorException failure)
        {
            return new(failure.Message, failure.IsMissing);
        }
    }
}
