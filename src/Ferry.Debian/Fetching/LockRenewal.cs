using System.Security.Cryptography;
using System.Text;
using Ferry.Debian.Indexes;
using Ferry.Debian.Locks;
using Ferry.Platform.Files;

namespace Ferry.Debian.Fetching;

/// <summary>Resolves the set's packages anew through the signed index, and keeps the outcome for this user.</summary>
/// <remarks>
/// A point release of Debian removes superseded files, so committed locks rot. A renewed lock is stored under the hash
/// of the committed lock that it replaces: once a newer one is committed, the user's is not found any more.
/// Safe for all threads.
/// </remarks>
/// <param name="settings">Where to work and whom to ask.</param>
/// <param name="readData">Reads a file of <c>packages/bootstrap</c>, such as <c>lock/amd64.json</c>, as it was
/// committed.</param>
/// <param name="log">Takes lines for the person.</param>
public sealed class LockRenewal(
    DebianSettings settings,
    Func<string, string> readData,
    Action<string> log
)
{
    private readonly Lock _lock = new();
    private string? _outcome;

    /// <summary>
    /// True when this run of the program has written locks: what was evaluated before names the old pins.
    /// </summary>
    public bool HasRenewed { get; private set; }

    /// <summary>
    /// The lock of an architecture that replaces the committed one for this user; null: the committed one holds.
    /// </summary>
    public string? FindRenewed(string architecture)
    {
        var file = RenewedFile(architecture);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    /// <summary>Resolves the roots of every architecture now. Writes nothing but apt's private state.</summary>
    /// <returns>Lock by architecture; what changed was logged.</returns>
    /// <exception cref="DebianException">There is no apt, no index, or a package is gone from the suite
    /// altogether.</exception>
    public IReadOnlyDictionary<string, PackageLock> Resolve(CancellationToken cancellationToken)
    {
        var apt = new AptClient(settings, log);
        if (!apt.IsAvailable())
            throw new DebianException(
                "pins are renewed through apt, which verifies the signature of Debian's index; this machine has none"
            );

        Directory.CreateDirectory(settings.CacheDirectory);
        using var exclusion = FileLock.Open(Path.Combine(settings.CacheDirectory, "lock"));
        exclusion.Acquire(FileLockKind.Exclusive);
        var roots = LockRoots.Parse(readData("roots.json"));
        var configuration = apt.Prepare(roots.Suite, roots.Component, roots.Architectures);
        apt.Update(configuration, cancellationToken);
        return roots.Architectures.ToDictionary(
            architecture => architecture,
            architecture =>
            {
                var index = new PackagesIndex();
                AptClient.ReadIndex(
                    AptClient.IndexFile(configuration, architecture)!,
                    index.Add,
                    cancellationToken
                );
                index.Finish();
                return new PackageLock
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
        );
    }

    /// <summary>Renews the locks of this user once, and says what has happened and what to do.</summary>
    internal string Explain(
        PackageUnavailableException exception,
        CancellationToken cancellationToken
    )
    {
        // Pins of sources stand beside their packages and go with a version: only a person can raise them.
        if (exception.Package.IsSource)
            return $"{exception.Message}\nthe archive has left the mirror: set 'debian-mirror' to one that keeps old files, or renew the pin (source.json of the package)";
        if (!settings.MayRenewLocks)
            return $"{exception.Message}\nthe pin has left the mirror, and '--no-update-lock-file' forbids a new one";
        lock (_lock)
        {
            _outcome ??= Renew(cancellationToken);
            return $"{exception.Message}\nthe pin has left the mirror: {_outcome}";
        }
    }

    private string Renew(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, PackageLock> renewed;
        try
        {
            renewed = Resolve(cancellationToken);
        }
        catch (DebianException failure)
        {
            return $"its successor cannot be found: {failure.Message}";
        }

        var changes = 0;
        foreach (var (architecture, lockFile) in renewed)
        {
            var before = PackageLock.Parse(readData($"lock/{architecture}.json"));
            foreach (var change in before.ChangesTo(lockFile))
            {
                log($"warning: new pin for {architecture}: {change}");
                changes++;
            }

            Write(RenewedFile(architecture), lockFile.Format());
        }

        HasRenewed = true;
        return $"{changes} packages were pinned anew in '{settings.StateDirectory}'; results will differ from those of the old pins. Run the command again";
    }

    private string RenewedFile(string architecture)
    {
        var committed = Encoding.UTF8.GetBytes(readData($"lock/{architecture}.json"));
        var digest = Convert.ToHexStringLower(SHA256.HashData(committed))[..16];
        return Path.Combine(settings.StateDirectory, $"{architecture}-{digest}.json");
    }

    // A reader sees the old file or the new one, never a part.
    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file + ".new", text);
        File.Move(file + ".new", file, overwrite: true);
    }
}
