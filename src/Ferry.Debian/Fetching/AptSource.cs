namespace Ferry.Debian.Fetching;

/// <summary>Packages by way of apt: by name and version through the signed index, else by file name.</summary>
internal sealed class AptSource(AptClient apt, Action<string> log) : IPackageSource
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(100);

    private string? _lastWarning;

    public string Mirror => apt.Mirror;

    public IReadOnlyDictionary<PinnedPackage, PackageFailure> Fetch(
        IReadOnlyList<PinnedPackage> packages,
        string directory,
        Action<PinnedPackage, long> progress,
        CancellationToken cancellationToken
    )
    {
        using var poll = new Timer(
            _ => Report(packages, directory, progress),
            state: null,
            s_pollInterval,
            s_pollInterval
        );
        var failures = new Dictionary<PinnedPackage, PackageFailure>();
        foreach (var group in packages.GroupBy(package => (package.Suite, package.Component)))
        {
            var configuration = apt.Prepare(
                group.Key.Suite,
                group.Key.Component,
                // Archives of sources come by their file names and need no index.
                [.. group.Select(package => package.Architecture).Where(word => word != "source")]
            );
            FetchGroup(configuration, [.. group], directory, failures, cancellationToken);
        }

        return failures;
    }

    private void FetchGroup(
        AptConfiguration configuration,
        IReadOnlyList<PinnedPackage> packages,
        string directory,
        Dictionary<PinnedPackage, PackageFailure> failures,
        CancellationToken cancellationToken
    )
    {
        // Archives of sources are in no index of packages: they come by their file names at once, and need no index.
        var binaries = packages.Where(package => !package.IsSource).ToList();
        var left =
            binaries.Count == 0
                ? []
                : FetchByName(configuration, binaries, directory, cancellationToken);
        PackageFailure? unreachable = null;
        foreach (var package in left.Concat(packages.Where(package => package.IsSource)))
        {
            // A mirror that is off is asked once: apt takes half a minute to give up.
            if (unreachable is not null)
            {
                failures[package] = unreachable;
                continue;
            }

            // A mirror may keep a file for days after its index has forgotten it; the lock's hash is what counts.
            var problem = AptClient.DownloadFile(
                configuration,
                package,
                Path.Combine(directory, package.Sha256),
                cancellationToken
            );
            if (problem is null)
                continue;
            var isGone = problem.Contains("404", StringComparison.Ordinal);
            var reason = problem.Contains("No space left", StringComparison.Ordinal)
                ? $"the disk with '{configuration.Directory}' is full"
                : $"apt could not fetch it from '{configuration.Mirror}'";
            failures[package] = new($"{reason}: {problem}", isGone);
            unreachable = isGone ? null : failures[package];
        }
    }

    /// <returns>The packages that apt could not fetch.</returns>
    private List<PinnedPackage> FetchByName(
        AptConfiguration configuration,
        IReadOnlyList<PinnedPackage> packages,
        string directory,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (AptClient.WithoutIndex(configuration).Count > 0)
                apt.Update(configuration, cancellationToken);
            var left = DownloadKnown(configuration, packages, directory, cancellationToken);
            if (left.Count == 0 || apt.HasUpdated)
                return left;
            apt.Update(configuration, cancellationToken);
            return DownloadKnown(configuration, left, directory, cancellationToken);
        }
        catch (DebianException exception)
        {
            // The pins need no index; without one only the name of the file is left to ask for.
            if (_lastWarning != exception.Message)
                log($"warning: {exception.Message}");
            _lastWarning = exception.Message;
            return [.. packages.Where(package => !IsFetched(package, directory))];
        }
    }

    /// <returns>The packages that the index does not have, or that apt could not fetch.</returns>
    private List<PinnedPackage> DownloadKnown(
        AptConfiguration configuration,
        IReadOnlyList<PinnedPackage> packages,
        string directory,
        CancellationToken cancellationToken
    )
    {
        var problems = apt.Download(configuration, packages, directory, cancellationToken);
        var left = TakeFetched(packages, directory);
        // One unknown version stops apt from fetching any of its batch; it names all that it does not know.
        var unknown = left.Where(package => problems.Any(package.IsMeant)).ToHashSet();
        if (unknown.Count == 0 || unknown.Count == left.Count)
            return left;
        left.RemoveAll(unknown.Contains);
        _ = apt.Download(configuration, left, directory, cancellationToken);
        return [.. unknown, .. TakeFetched(left, directory)];
    }

    private static List<PinnedPackage> TakeFetched(
        IReadOnlyList<PinnedPackage> packages,
        string directory
    )
    {
        foreach (var package in packages)
        {
            var file = Path.Combine(directory, package.AptFileName);
            if (File.Exists(file))
                File.Move(file, Path.Combine(directory, package.Sha256), overwrite: true);
        }

        return [.. packages.Where(package => !IsFetched(package, directory))];
    }

    private static bool IsFetched(PinnedPackage package, string directory) =>
        File.Exists(Path.Combine(directory, package.Sha256));

    private static void Report(
        IReadOnlyList<PinnedPackage> packages,
        string directory,
        Action<PinnedPackage, long> progress
    )
    {
        foreach (var package in packages)
        {
            var file = new FileInfo(Path.Combine(directory, package.AptFileName));
            if (file.Exists)
                progress(package, file.Length);
        }
    }
}
