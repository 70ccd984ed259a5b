using System.Security.Cryptography;
using Ferry.Platform.Files;

namespace Ferry.Debian.Fetching;

/// <summary>Brings pinned packages onto this machine, keeps them, and joins requests of many threads into few calls.</summary>
/// <remarks>
/// One thread at a time is the leader: it waits a moment for others to ask, then fetches for all of them. A lock on a file
/// keeps processes apart. Safe for all threads.
/// </remarks>
public sealed class PackageFetcher : IDisposable
{
    // Long enough for a scheduler to start its threads, too short to be noticed.
    private static readonly TimeSpan s_gatherTime = TimeSpan.FromMilliseconds(80);

    private readonly DebianSettings _settings;
    private readonly Action<string> _log;
    private readonly AptClient _apt;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _leading = new(1);
    private readonly Dictionary<string, Request> _requests = [];
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
        while (!request.IsDone)
        {
            _leading.Wait(cancellationToken);
            try
            {
                if (!request.IsDone)
                    Lead(cancellationToken);
            }
            finally
            {
                _leading.Release();
            }
        }

        return request.Failure is { } failure
            ? throw new PackageUnavailableException(package, failure.Reason, failure.IsGone)
            : request.File!;
    }

    public void Dispose()
    {
        (_source as IDisposable)?.Dispose();
        _leading.Dispose();
    }

    private Request Enter(PinnedPackage package, Action<long> progress)
    {
        lock (_lock)
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

    private void Lead(CancellationToken cancellationToken)
    {
        if (cancellationToken.WaitHandle.WaitOne(s_gatherTime))
            throw new OperationCanceledException(cancellationToken);

        Directory.CreateDirectory(ArchiveDirectory);
        using var exclusion = FileLock.Open(Path.Combine(_settings.CacheDirectory, "lock"));
        exclusion.Acquire(FileLockKind.Exclusive);
        List<Request> batch;
        lock (_lock)
            batch = [.. _requests.Values.Where(request => !request.IsDone)];
        foreach (var request in batch)
            TakeKept(request);
        batch.RemoveAll(request => request.IsDone);
        if (batch.Count > 0)
            FetchBatch(batch, cancellationToken);
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
        if (_settings.Mirror is null)
            _log(
                $"this machine has no apt: packages come from '{DebianSettings.DefaultMirror}' (setting 'debian-mirror')"
            );
        return new MirrorSource(_settings.Mirror?.TrimEnd('/') ?? DebianSettings.DefaultMirror);
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
                    $"the mirror's file has another hash\n  wanted: sha256:{package.Sha256}\n  got:    sha256:{actual}",
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
