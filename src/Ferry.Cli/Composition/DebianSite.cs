using Ferry.Debian.Fetching;
using Ferry.Debian.Prefixes;
using Ferry.Store.Building;

namespace Ferry.Cli.Composition;

/// <summary>Everything about Debian, joined together: the built-in builders, and the renewal of pins.</summary>
internal sealed class DebianSite : IDisposable
{
    private readonly PackageFetcher _fetcher;

    public DebianSite(Session session)
    {
        var environment = session.Options.Environment;
        var settings = new DebianSettings
        {
            CacheDirectory = Path.Combine(environment.CacheFolder, "ferry", "debian"),
            StateDirectory = Path.Combine(environment.StateFolder, "ferry", "debian"),
            Mirror = session.Settings.Text("debian-mirror") is { Length: > 0 } mirror
                ? mirror
                : null,
            MayRenewLocks = !session.Options.IsLockFixed,
        };
        _fetcher = new(settings, session.Note);
        Renewal = new(
            settings,
            name => session.PackageSet.ReadText("/bootstrap/" + name),
            session.Note
        );
        Builders = [new DebianFetchBuilder(_fetcher, Renewal), new DebianPrefixBuilder()];
    }

    public LockRenewal Renewal { get; }

    public IReadOnlyList<IBuiltinBuilder> Builders { get; }

    public void Dispose() => _fetcher.Dispose();
}
