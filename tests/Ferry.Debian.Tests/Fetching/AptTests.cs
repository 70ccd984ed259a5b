using Ferry.Debian.Fetching;
using Ferry.Debian.Locks;

namespace Ferry.Debian.Tests.Fetching;

/// <summary>Asks the mirror that this machine's apt uses; skipped where there is none.</summary>
[Collection(ProcessCollection.Name)]
public sealed class AptTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly List<string> _log = [];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_stale_pin_is_resolved_anew_and_the_new_one_is_fetched_by_apt()
    {
        var settings = Settings();
        SkipWithoutMirror(settings);
        var set = new HostnameSet();
        var pins = new RenewedPins(settings.StateDirectory, set);
        var renewal = new PinRenewal(settings, pins, set, _log.Add);
        var stale = Samples.Package("hostname", "0.0-1", "riscv64", [1]) with
        {
            Filename = "pool/main/h/hostname/hostname_0.0-1_riscv64.deb",
        };
        var fetcher = new PackageFetcher(settings, _log.Add);
        var failure = Assert.Throws<PackageUnavailableException>(() =>
            fetcher.Fetch(stale, _ => { }, Cancellation)
        );
        Assert.True(failure.IsGone, failure.Message);

        renewal.Renew(failure, Cancellation);

        Assert.SkipWhen(
            renewal.Refusal.Contains("Mirror sync in progress", StringComparison.Ordinal),
            $"'{renewal.Refusal}'"
        );
        Assert.True(renewal.State == PinRenewalState.Renewed, renewal.Refusal);
        Assert.Contains(
            _log,
            line => line.Contains("hostname: 0.0-1 -> ", StringComparison.Ordinal)
        );
        var renewed = PackageLock.Parse(pins.Find(PinnedSetPaths.Lock("riscv64"))!).Packages[
            "hostname"
        ];
        var file = fetcher.Fetch(
            stale with
            {
                Version = renewed.Version,
                Filename = renewed.Filename,
                Sha256 = renewed.Sha256,
            },
            _ => { },
            Cancellation
        );
        Assert.Equal(renewed.Size, new FileInfo(file).Length);
    }

    [Fact]
    public void A_mirror_that_is_off_is_asked_once_and_named()
    {
        var settings = Settings() with { Mirror = "http://127.0.0.1:9/debian" };
        Assert.SkipUnless(
            new AptClient(settings, _ => { }).IsAvailable(),
            "there is no apt-get on this machine"
        );
        var fetcher = new PackageFetcher(settings, _log.Add);
        var failure = Assert.Throws<PackageUnavailableException>(() =>
            fetcher.Fetch(Samples.Package("hostname", content: [1]), _ => { }, Cancellation)
        );
        Assert.False(failure.IsGone, failure.Message);
        Assert.Contains("http://127.0.0.1:9/debian", failure.Message);
        Assert.Contains(
            _log,
            line => line.Contains("cannot fetch the index", StringComparison.Ordinal)
        );
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DebianSettings Settings() => Samples.Settings(_scratch);

    private static void SkipWithoutMirror(DebianSettings settings)
    {
        var apt = new AptClient(settings, _ => { });
        Assert.SkipUnless(apt.IsAvailable(), "there is no apt-get on this machine");
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
            using var answer = client
                .GetAsync(
                    new Uri(apt.Mirror + "/dists/trixie/InRelease"),
                    HttpCompletionOption.ResponseHeadersRead,
                    Cancellation
                )
                .GetAwaiter()
                .GetResult();
            Assert.SkipUnless(answer.IsSuccessStatusCode, $"'{apt.Mirror}' does not serve trixie");
        }
        catch (Exception exception)
            when (exception is HttpRequestException or TaskCanceledException)
        {
            Assert.Skip($"'{apt.Mirror}' is out of reach: {exception.Message}");
        }
    }

    /// <summary>One small package that needs nothing but the C library.</summary>
    private sealed class HostnameSet : IPinnedSet
    {
        public IEnumerable<string> SourcePins() => [];

        public string ReadText(string path) =>
            path == PinnedSetPaths.Roots
                ? """
                    {
                      "suite": "trixie", "component": "main",
                      "roots": [{ "architectures": ["riscv64"], "packages": ["hostname"] }],
                      "omit": ["libc6"]
                    }
                    """
                : new PackageLock
                {
                    Suite = "trixie",
                    Architecture = "riscv64",
                    Packages = new()
                    {
                        ["hostname"] = new()
                        {
                            Version = "0.0-1",
                            Filename = "pool/x.deb",
                            Size = 1,
                            Sha256 = new('0', 64),
                        },
                    },
                }.Format();
    }
}
