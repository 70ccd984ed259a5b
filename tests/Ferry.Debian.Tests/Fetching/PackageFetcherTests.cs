using Ferry.Debian.Fetching;

namespace Ferry.Debian.Tests.Fetching;

public sealed class PackageFetcherTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly LocalMirror _mirror = new();

    public void Dispose()
    {
        _mirror.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void Without_apt_a_package_comes_from_the_mirror_and_is_kept()
    {
        var package = Samples.Package(content: [1, 2, 3]);
        _mirror.Files[package.Filename] = [1, 2, 3];
        var progress = 0L;
        var file = Fetcher().Fetch(package, done => progress = done, Cancellation);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(file));

        Assert.Equal(3, progress);
        var second = Fetcher();
        second.Fetch(package, _ => { }, Cancellation);
        Assert.Equal(1, _mirror.Requests);
    }

    [Fact]
    public void A_kept_file_that_has_rotted_is_fetched_again()
    {
        var package = Samples.Package(content: [1, 2, 3]);
        _mirror.Files[package.Filename] = [1, 2, 3];
        File.WriteAllBytes(Fetcher().Fetch(package, _ => { }, Cancellation), [9]);
        var second = Fetcher();
        Assert.Equal([1, 2, 3], File.ReadAllBytes(second.Fetch(package, _ => { }, Cancellation)));
        Assert.Equal(2, _mirror.Requests);
    }

    [Fact]
    public void A_file_with_another_hash_is_refused_and_both_hashes_are_named()
    {
        var package = Samples.Package(content: [1]);
        _mirror.Files[package.Filename] = [2];
        var fetcher = Fetcher();
        var failure = Assert.Throws<PackageUnavailableException>(() =>
            fetcher.Fetch(package, _ => { }, Cancellation)
        );
        Assert.False(failure.IsGone);
        Assert.Contains($"'{_mirror.Address}/{package.Filename}'", failure.Message);
        Assert.Contains($"wanted: sha256:{package.Sha256}", failure.Message);
        Assert.Contains("got:    sha256:dbc1b4c9", failure.Message);
    }

    [Fact]
    public void A_file_that_the_mirror_has_no_more_is_told_from_a_mirror_that_is_off()
    {
        var gone = Assert.Throws<PackageUnavailableException>(() =>
            Fetcher().Fetch(Samples.Package(content: [1]), _ => { }, Cancellation)
        );
        Assert.True(gone.IsGone);
        Assert.Contains("404", gone.Message);

        _mirror.Dispose();
        var second = Fetcher();
        var off = Assert.Throws<PackageUnavailableException>(() =>
            second.Fetch(Samples.Package(content: [1]), _ => { }, Cancellation)
        );
        Assert.False(off.IsGone);
    }

    [Fact]
    public void Many_threads_fetch_each_package_once()
    {
        var packages = Enumerable
            .Range(0, 20)
            .Select(number => Samples.Package($"p{number}", content: [(byte)number]))
            .ToArray();
        for (var number = 0; number < packages.Length; number++)
            _mirror.Files[packages[number].Filename] = [(byte)number];
        var fetcher = Fetcher();
        var threads = Enumerable
            .Range(0, 40)
            .Select(index => new Thread(() =>
                fetcher.Fetch(packages[index % packages.Length], _ => { }, Cancellation)
            ))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(packages.Length, _mirror.Requests);
    }

    [Fact]
    public void A_stopped_fetch_leaves_nothing_half_done()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var fetcher = Fetcher();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            fetcher.Fetch(Samples.Package(content: [1]), _ => { }, stop.Token)
        );
        Assert.False(Directory.Exists(_scratch["cache/incoming"]));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PackageFetcher Fetcher() => new(Settings(), _ => { });

    private DebianSettings Settings() =>
        Samples.Settings(_scratch) with
        {
            Mirror = _mirror.Address,
            AptGet = null,
        };
}
