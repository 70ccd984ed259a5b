using Ferry.Cli.Settings;
using Ferry.Fetching;
using Ferry.Fetching.Downloads;

namespace Ferry.Cli.Composition;

/// <summary>Fetching, joined together: downloads, and the fetcher of sources with its caches.</summary>
internal sealed class FetchSite : IDisposable
{
    private const string ForcingVariable = "_NIX_FORCE_HTTP";

    private readonly Session _session;
    private readonly Lazy<Downloader> _downloader;
    private readonly Lazy<Fetcher> _fetcher;

    public FetchSite(Session session)
    {
        _session = session;
        _downloader = new(() => new(Downloads()));
        _fetcher = new(() => new(Parts()));
    }

    public Downloader Downloader => _downloader.Value;

    public Fetcher Fetcher => _fetcher.Value;

    /// <summary>The certificates that servers are checked against; null for the system's own.</summary>
    public string? CertificateFile
    {
        get
        {
            if (_session.Settings.Text("ssl-cert-file") is { Length: > 0 } set)
                return set;
            string?[] candidates =
            [
                Variable("NIX_SSL_CERT_FILE"),
                Variable("SSL_CERT_FILE"),
                "/etc/ssl/certs/ca-certificates.crt",
            ];
            return candidates.FirstOrDefault(File.Exists);
        }
    }

    private string ConfigurationFolder => Variable("NIX_CONF_DIR") ?? "/etc/nix";

    public void Dispose()
    {
        if (_fetcher.IsValueCreated)
            _fetcher.Value.Dispose();
        if (_downloader.IsValueCreated)
            _downloader.Value.Dispose();
    }

    private FetcherParts Parts()
    {
        var site = _session.Site;
        return new(
            Settings(),
            new Formats.StorePaths.StorePathFactory(site.Directory),
            _downloader.Value
        )
        {
            Store = site.IsDummy ? null : () => _session.Store,
            Warn = _session.Warn,
            WarnOfState = _session.WarnNow,
            Note = message =>
            {
                if (_session.Options.Verbosity > 1)
                    _session.NoteNow(message);
            },
            CancellationToken = _session.Interruption,
        };
    }

    private FetchSettings Settings()
    {
        var (settings, environment) = (_session.Settings, _session.Options.Environment);
        return new()
        {
            CacheFolder = environment.NixCacheFolder,
            TimeToLive = TimeSpan.FromSeconds(settings.Number("tarball-ttl")),
            AllowsDirtyTrees = settings.Switch("allow-dirty"),
            WarnsOfDirtyTrees = settings.Switch("warn-dirty"),
            AllowsDirtyLocks = settings.Switch("allow-dirty-locks"),
            TrustsForgeArchives = settings.Switch("trust-tarballs-from-git-forges"),
            AccessTokens = Tokens(settings),
            GlobalRegistry = settings.Text("flake-registry"),
            UsesRegistries = settings.Switch("use-registries"),
            UserRegistryFile = Path.Combine(environment.NixConfigurationFolder, "registry.json"),
            SystemRegistryFile = Path.Combine(ConfigurationFolder, "registry.json"),
            Environment = environment.Variables,
            ClonesLocalRepositories = Variable(ForcingVariable) == "1",
        };
    }

    private static Dictionary<string, string> Tokens(SettingStore settings)
    {
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in settings.Words("access-tokens"))
        {
            var equals = word.IndexOf('=');
            if (equals < 0)
                throw SettingException.Invalid(
                    "access-tokens",
                    "a list of HOST=TOKEN",
                    word,
                    "the configuration"
                );
            tokens[word[..equals]] = word[(equals + 1)..];
        }

        return tokens;
    }

    private DownloadSettings Downloads()
    {
        var settings = _session.Settings;
        return new()
        {
            Attempts = settings.Number("download-attempts"),
            ConnectTimeout = TimeSpan.FromSeconds(settings.Number("connect-timeout")),
            StallTimeout = TimeSpan.FromSeconds(settings.Number("stalled-download-timeout")),
            CertificateFile = CertificateFile,
            HashedMirrors = settings.Words("hashed-mirrors"),
            NetrcFile = settings.Text("netrc-file") is { Length: > 0 } netrc
                ? netrc
                : Path.Combine(ConfigurationFolder, "netrc"),
            UserAgent = $"Ferry/{Versions.Ferry} (like Nix)",
        };
    }

    private string? Variable(string name) => _session.Options.Environment.Variable(name);
}
