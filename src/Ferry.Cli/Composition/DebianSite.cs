using Ferry.Cli.Settings;
using Ferry.Debian.Fetching;
using Ferry.Debian.Locks;
using Ferry.Debian.Prefixes;
using Ferry.Store.Building;

namespace Ferry.Cli.Composition;

/// <summary>Everything about Debian, joined together: the built-in builders, and the renewal of pins.</summary>
internal sealed class DebianSite
{
    // Stock's defaults are those of a single server of large files; apt's mirrors are many, and files small.
    private const string AttemptsSetting = "download-attempts";
    private const string StallSetting = "stalled-download-timeout";

    public DebianSite(Session session)
    {
        var environment = session.Options.Environment;
        var set = session.PackageSet;
        var settings = WithLimits(
            session.Settings,
            new DebianSettings
            {
                CacheDirectory = Path.Combine(environment.CacheFolder, "ferry", "debian"),
                StateDirectory = Path.Combine(environment.StateFolder, "ferry", "debian"),
                ArchiveKeys = () => set.ReadText(PinnedSetPaths.Keys),
                Transport = new MirrorTransport(() => session.Fetching.Downloader),
                Clock = TimeProvider.System,
                Mirror = session.Settings.Text("debian-mirror") is { Length: > 0 } mirror
                    ? mirror
                    : null,
                MayRenewPins = !session.Options.IsLockFixed,
                Report = session.ShowIndexProgress,
            }
        );
        Pins = new(settings.StateDirectory, set);
        Resolver = new(settings, set, session.Note);
        Renewal = new(settings, Pins, set, session.Note) { Settled = session.Stop };
        Builders =
        [
            new DebianFetchBuilder(new PackageFetcher(settings, session.Note), Renewal),
            new DebianPrefixBuilder(),
        ];
    }

    public RenewedPins Pins { get; }

    public PinResolver Resolver { get; }

    public PinRenewal Renewal { get; }

    public IReadOnlyList<IBuiltinBuilder> Builders { get; }

    private static DebianSettings WithLimits(SettingStore settings, DebianSettings debian) =>
        debian with
        {
            Attempts = settings.IsSet(AttemptsSetting)
                ? settings.Number(AttemptsSetting)
                : debian.Attempts,
            StallSeconds = settings.IsSet(StallSetting)
                ? settings.Number(StallSetting)
                : debian.StallSeconds,
        };
}
