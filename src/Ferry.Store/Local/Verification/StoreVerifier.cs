using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store.FileTrees;

namespace Ferry.Store.Local.Verification;

/// <summary>Where a verification says what it does and finds; both get one line without a line feed.</summary>
/// <param name="Information">What is being looked at, and what was put right.</param>
/// <param name="Error">What is wrong.</param>
public sealed record VerificationReport(Action<string> Information, Action<string> Error);

/// <summary>Compares a store's database with its files (<c>nix-store --verify</c>).</summary>
/// <remarks>Paths without files and without valid referrers are taken out of the database, as stock does.</remarks>
public sealed class StoreVerifier(LocalStore store, VerificationReport report)
{
    private readonly HashSet<StorePath> _done = [];
    private readonly SortedSet<StorePath> _valid = [];
    private HashSet<StorePath> _present = [];
    private bool _hasErrors;

    /// <summary>Verifies the whole store.</summary>
    /// <param name="checksContents">Also reads and hashes every file.</param>
    /// <param name="cancellationToken">Ends it between two paths.</param>
    /// <returns>True when everything was in order, or was put in order.</returns>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public bool Run(bool checksContents, CancellationToken cancellationToken)
    {
        report.Information("reading the Nix store...");
        // A collector must not remove what we are about to miss.
        using var collectorLock = FileLock.Open($"{store.Location.StateDirectory}/gc.lock");
        if (!collectorLock.TryAcquire(FileLockKind.Shared))
        {
            report.Information("waiting for the big garbage collector lock...");
            collectorLock.Acquire(FileLockKind.Shared);
        }
        _present =
        [
            .. Directory
                .EnumerateFileSystemEntries(store.Location.RealDirectory)
                .Select(file => StorePath.TryParse(Path.GetFileName(file)))
                .OfType<StorePath>(),
        ];

        report.Information("checking path existence...");
        foreach (var path in store.QueryAllValid())
            CheckExists(path);
        if (checksContents)
        {
            CheckLinks(cancellationToken);
            CheckContents(cancellationToken);
        }
        return !_hasErrors;
    }

    // A chain of referrers is followed by recursion in stock; here by a list, since it may be long.
    private void CheckExists(StorePath start)
    {
        var open = new Stack<(StorePath Path, bool AreReferrersDone)>();
        open.Push((start, false));
        while (open.TryPop(out var next))
        {
            var path = next.Path;
            if (next.AreReferrersDone)
            {
                Disappeared(path);
                continue;
            }
            if (!_done.Add(path))
                continue;
            if (_present.Contains(path))
            {
                _valid.Add(path);
                continue;
            }
            // Referrers first: when they can all go, this path can go as well.
            open.Push((path, true));
            foreach (var referrer in store.QueryReferrers(path).Reverse())
                open.Push((referrer, false));
        }
    }

    private void Disappeared(StorePath path)
    {
        var shown = store.Directory.Format(path);
        if (
            store
                .QueryReferrers(path)
                .Any(referrer => referrer != path && _valid.Contains(referrer))
        )
        {
            report.Error($"path '{shown}' disappeared, but it still has valid referrers!");
            _hasErrors = true;
            return;
        }
        report.Information($"path '{shown}' disappeared, removing from database...");
        store.Invalidate(path);
    }

    private void CheckLinks(CancellationToken cancellationToken)
    {
        report.Information("checking link hashes...");
        foreach (var link in Directory.EnumerateFiles($"{store.Location.RealDirectory}/.links"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = Path.GetFileName(link);
            var hash = NarIdentity.OfPath(link).Hash.Format(HashFormat.Nix32, withKind: false);
            if (hash == name)
                continue;
            report.Error($"link \"{link}\" was modified! expected hash {name}, got '{hash}'");
            _hasErrors = true;
        }
    }

    private void CheckContents(CancellationToken cancellationToken)
    {
        report.Information("checking store hashes...");
        foreach (var path in _valid)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Modification(path) is not { } message)
                continue;
            report.Error(message);
            _hasErrors = true;
        }
    }

    private string? Modification(StorePath path)
    {
        // Another process may have removed it meanwhile.
        if (store.QueryInfo(path) is not { } info)
            return null;
        try
        {
            var hash = NarIdentity.OfPath(store.RealPath(path)).Hash;
            return hash == info.NarHash
                ? null
                : $"path '{store.Directory.Format(path)}' was modified! expected hash '{info.NarHash.ToNix32WithKind()}', got '{hash.ToNix32WithKind()}'";
        }
        catch (StoreException exception)
        {
            return $"error: {exception.Message}";
        }
    }
}
