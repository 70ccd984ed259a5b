using System.Security.Cryptography;

namespace Ferry.Debian.Fetching;

/// <summary>
/// Brings pinned packages onto this machine, keeps them, and joins requests of many threads into few calls.
/// </summary>
/// <remarks>
/// One thread at a time is the leader: it waits until nobody asks any more for a moment, then fetches for all of them.
/// A lock on a file keeps processes apart. Safe for all threads.
/// </remarks>
public sealed class PackageFetcher
{
    // Each call of apt costs a second, so it pays to wait for a scheduler that is starting its threads.
    private static readonly TimeSpan s_quietTime = TimeSpan.FromMilliseconds(60);
    private const int QuietTimesMax = 10;

    // How soon a waiting thread notices that it is to stop.
    private static readonly TimeSpan s_stopInterval = TimeSpan.FromMilliseconds(100);

    private readonly DebianSettings _settings;
    private readonly Action<string> _log;
    private readonly AptClient _apt;

    // Guards what follows; pulsed when requests end or the leader steps down.
    private readonly object _gate = new();
    private readonly Dictionary<string, Request> _requests = [];
    private bool _hasLeader;
    private IPackageSource? _source;

    /// <param name="settings">Where to work and whom to ask.</param>
    /// <param name="log">Takes lines for the person: what is fetched that nobody asked for, what is wrong.</param>
    public PackageFetcher(DebianSettings settings, Action<string> log)
    {
        _settings = settings;
        _log = log;
        _apt = new(settings, log);
    }

    private string ArchiveDirectory => Path.Combine(_settings.CacheDirectory, "packages");

    /// <summary>The kept file of a package, fetched if need be. Its content has the pinned hash.</summary>
    /// <param name="package">What to fetch.</param>
    /// <param name="progress">Takes bytes done; called from any thread.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PackageUnavailableException">It is not to be had.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public string Fetch(
        PinnedPackage package,
        Action<long> progress,
        CancellationToken cancellationToken
    )
    {
        var request = Enter(package, progress);
        while (WaitForTurn(request, cancellationToken))
        {
            try
            {
                Lead(cancellationToken);
            }
            finally
            {
                lock (_gate)
                {
                    _hasLeader = false;
                    Monitor.PulseAll(_gate);
                }
            }
        }

        return request.Failure is { } failure
            ? throw new PackageUnavailableException(package, failure.Reason, failure.IsGone)
            : request.File!;
    }

    private Request Enter(PinnedPackage package, Action<long> progress)
    {
        lock (_gate)
        {
            if (
                !_requests.TryGetValue(package.Sha256, out var request)
                || request.Failure is not null
            )
                _requests[package.Sha256] = request = new(package);
            request.Progress += progress;
            return request;
        }
    }

    /// <returns>True when this thread is to lead, false when its request has ended.</returns>
    private bool WaitForTurn(Request request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            while (true)
            {
                if (request.IsDone)
                    return false;
                cancellationToken.ThrowIfCancellationRequested();
                if (!_hasLeader)
                {
                    _hasLeader = true;
                    return true;
                }

                Monitor.Wait(_gate, s_stopInterval);
            }
        }
    }

    private void Lead(CancellationToken cancellationToken)
    {
        var known = -1;
        for (var turn = 0; turn < QuietTimesMax && known != CountOpen(); turn++)
        {
            known = CountOpen();
            if (cancellationToken.WaitHandle.WaitOne(s_quietTime))
                throw new OperationCanceledException(cancellationToken);
        }

        using var exclusion = CacheLock.Acquire(_settings, _log, cancellationToken);
        Directory.CreateDirectory(ArchiveDirectory);
        List<Request> batch;
        lock (_gate)
            batch = [.. _requests.Values.Where(request => !request.IsDone)];
        foreach (var request in batch)
            TakeKept(request);
        batch.RemoveAll(request => request.IsDone);
        if (batch.Count > 0)
            FetchBatch(batch, cancellationToken);
    }

    private int CountOpen()
    {
        lock (_gate)
            return _requests.Values.Count(request => !request.IsDone);
    }

    private void FetchBatch(List<Request> batch, CancellationToken cancellationToken)
    {
        _source ??= ChooseSource();
        var incoming = Path.Combine(_settings.CacheDirectory, "incoming");
        // What a killed process left; the lock says that nobody uses it.
        if (Directory.Exists(incoming))
            Directory.Delete(incoming, recursive: true);
        Directory.CreateDirectory(incoming);
        try
        {
            var bySha256 = batch.ToDictionary(request => request.Package.Sha256);
            var failures = _source.Fetch(
                [.. batch.Select(request => request.Package)],
                incoming,
                (package, length) => bySha256[package.Sha256].Progress?.Invoke(length),
                cancellationToken
            );
            foreach (var request in batch)
                Settle(request, incoming, failures.GetValueOrDefault(request.Package));
        }
        finally
        {
            Directory.Delete(incoming, recursive: true);
        }
    }

    private IPackageSource ChooseSource()
    {
        if (_apt.IsAvailable())
            return new AptSource(_apt, _log);
        return _settings.Mirror is { } mirror
            ? new MirrorSource(mirror.TrimEnd('/'), _settings.Transport, _log)
            : throw new DebianException(
                "this machine has no apt to ask for Debian's packages; name a mirror of Debian by the setting 'debian-mirror'"
            );
    }

    private void TakeKept(Request request)
    {
        var kept = KeptFile(request.Package);
        if (!File.Exists(kept))
            return;
        if (Sha256Of(kept) == request.Package.Sha256)
            request.Succeed(kept);
        else
            File.Delete(kept);
    }

    private void Settle(Request request, string incoming, PackageFailure? failure)
    {
        var package = request.Package;
        var file = Path.Combine(incoming, package.Sha256);
        if (failure is not null)
        {
            request.Fail(failure);
            return;
        }

        var actual = Sha256Of(file);
        if (actual != package.Sha256)
        {
            request.Fail(
                new(
                    $"'{_source!.Mirror}/{package.Filename}' has another hash{WebPage.Hint(file)}\n  wanted: sha256:{package.Sha256}\n  got:    sha256:{actual}",
                    IsGone: false
                )
            );
            return;
        }

        var kept = KeptFile(package);
        File.Move(file, kept, overwrite: true);
        request.Progress?.Invoke(new FileInfo(kept).Length);
        request.Succeed(kept);
    }

    // The hash keeps two packages of one name apart; the name is for people who look into the directory.
    private string KeptFile(PinnedPackage package) =>
        Path.Combine(
            ArchiveDirectory,
            $"{package.Sha256[..16]}-{Path.GetFileName(package.Filename)}"
        );

    private static string Sha256Of(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private sealed class Request(PinnedPackage package)
    {
        public PinnedPackage Package { get; } = package;

        public Action<long>? Progress { get; set; }

        public string? File { get; private set; }

        public PackageFailure? Failure { get; private set; }

        public bool IsDone => File is not null || Failure is not null;

        public void Succeed(string file) => File = file;

        public void Fail(PackageFailure failure) => Failure = failure;
    }
}
