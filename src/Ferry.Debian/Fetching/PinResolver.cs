using System.ComponentModel;
using Ferry.Debian.Indexes;
using Ferry.Debian.Locks;

namespace Ferry.Debian.Fetching;

/// <summary>Finds today's versions of everything that the set pins, through the signed index.</summary>
public sealed class PinResolver(DebianSettings settings, IPinnedSet set, Action<string> log)
{
    private const string Source = "source";

    /// <summary>Resolves the roots of every architecture. Writes nothing but apt's private state.</summary>
    /// <returns>Lock by architecture.</returns>
    /// <exception cref="DebianException">There is no index, or a package is gone from the suite
    /// altogether.</exception>
    public IReadOnlyDictionary<string, PackageLock> ResolvePackages(
        CancellationToken cancellationToken
    )
    {
        var roots = LockRoots.Parse(set.ReadText(PinnedSetPaths.Roots));
        return WithIndex(
            roots,
            [.. roots.Architectures],
            index =>
                roots.Architectures.ToDictionary(
                    architecture => architecture,
                    architecture => ResolveOne(index, roots, architecture, cancellationToken)
                ),
            cancellationToken
        );
    }

    /// <summary>Finds the newest archive of each source.</summary>
    /// <returns>By the given pin; one whose package the suite has no more is missing.</returns>
    /// <exception cref="DebianException">There is no index, or the suite has only an older version.</exception>
    public IReadOnlyDictionary<SourcePin, SourcePin> ResolveSources(
        IReadOnlyCollection<SourcePin> pins,
        CancellationToken cancellationToken
    )
    {
        var index = new SourcesIndex(pins.Select(pin => pin.Package).ToHashSet());
        var roots = LockRoots.Parse(set.ReadText(PinnedSetPaths.Roots));
        _ = WithIndex(
            roots,
            [Source],
            archive =>
            {
                archive.Read(Source, index.Add, cancellationToken);
                index.Finish();
                return index;
            },
            cancellationToken
        );
        var found = new Dictionary<SourcePin, SourcePin>();
        foreach (var pin in pins)
        {
            if (index.Find(pin.Package) is { } source)
                found[pin] = Renewed(pin, source);
        }

        return found;
    }

    private static SourcePin Renewed(SourcePin pin, IndexedSource source) =>
        source.Version.CompareWith(DebianVersion.Parse(pin.Version)) < 0
            ? throw new DebianException(
                $"the mirror has only {source.Version} of the source '{pin.Package}', which is older than {pin.Version}"
            )
            : pin with
            {
                Version = source.Version.Text,
                Filename = source.Filename,
                Size = source.Size,
                Sha256 = source.Sha256,
            };

    private static PackageLock ResolveOne(
        IArchiveIndex archive,
        LockRoots roots,
        string architecture,
        CancellationToken cancellationToken
    )
    {
        var index = new PackagesIndex();
        archive.Read(architecture, index.Add, cancellationToken);
        index.Finish();
        return new()
        {
            Suite = roots.Suite,
            Architecture = architecture,
            Packages = Resolver.Resolve(
                index,
                architecture,
                roots.RootsOf(architecture),
                roots.Omit
            ),
        };
    }

    private T WithIndex<T>(
        LockRoots roots,
        IReadOnlyList<string> architectures,
        Func<IArchiveIndex, T> read,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var exclusion = CacheLock.Acquire(settings, log, cancellationToken);
            var index = ChooseIndex();
            index.Update(roots.Suite, roots.Component, architectures, cancellationToken);
            return read(index);
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new DebianException(
                $"the index of Debian cannot be kept in '{settings.CacheDirectory}': {failure.Message}",
                failure
            );
        }
    }

    private IArchiveIndex ChooseIndex()
    {
        var apt = new AptClient(settings, log);
        if (apt.IsAvailable())
            return new AptIndex(apt);
        return settings.Mirror is { } mirror
            ? new MirrorIndex(mirror.TrimEnd('/'), settings.ArchiveKeys(), settings, log)
            : throw new DebianException(
                "this machine has no apt to ask for Debian's index; name a mirror of Debian by the setting 'debian-mirror'"
            );
    }
}
