using System.ComponentModel;
using System.Globalization;
using Ferry.Platform.Processes;

namespace Ferry.Debian.Fetching;

/// <summary>
/// Runs apt-get in a private configuration. Not for two threads or processes at once: the caller locks.
/// </summary>
internal sealed class AptClient(DebianSettings settings, Action<string> log)
{
    // The messages are read, so they must be in English; apt must never ask anything.
    private static readonly (string Name, string Value)[] s_environment =
    [
        ("LC_ALL", "C"),
        ("DEBIAN_FRONTEND", "noninteractive"),
    ];

    private const string Source = "source";

    private string? _mirror;

    /// <summary>True when this run of the program has brought the index up to date.</summary>
    public bool HasUpdated { get; private set; }

    /// <summary>
    /// The root of the archive: the setting, else what the host's apt uses for Debian, else Debian's own.
    /// </summary>
    public string Mirror => _mirror ??= settings.Mirror?.TrimEnd('/') ?? FindHostMirror();

    private string Directory => Path.Combine(settings.CacheDirectory, "apt");

    /// <returns>False when the host has no apt-get, or it may not be used.</returns>
    public bool IsAvailable()
    {
        if (settings.AptGet is null)
            return false;
        try
        {
            return Run(
                [.. new[] { "--version" }],
                workingDirectory: null,
                _ => { },
                default
            ).IsSuccess;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>
    /// Writes the configuration; its architectures are those asked for and those with an index already.
    /// </summary>
    public AptConfiguration Prepare(
        string suite,
        string component,
        IReadOnlyCollection<string> wanted
    )
    {
        var architectures = wanted
            .Where(architecture => architecture is not ("all" or Source))
            .Concat(KnownArchitectures(suite))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        if (architectures.Count == 0)
            architectures.Add("amd64");

        var configuration = new AptConfiguration(Directory, Mirror, suite, component, architectures)
        {
            // An index that is here already is kept up to date: apt would delete it otherwise.
            HasSources = wanted.Contains(Source) || HasSourcesIndex(suite),
            Retries = Math.Max(0, settings.Attempts - 1),
            TimeoutSeconds = settings.StallSeconds,
        };
        foreach (
            var folder in new[] { "state/lists/partial", "cache/archives/partial", "preferences.d" }
        )
            System.IO.Directory.CreateDirectory(Path.Combine(Directory, folder));
        // A full disk makes apt leave its index of tens of megabytes half-written.
        foreach (
            var broken in System.IO.Directory.EnumerateFiles(
                Path.Combine(Directory, "cache"),
                "pkgcache.bin.*"
            )
        )
            File.Delete(broken);
        File.WriteAllText(Path.Combine(Directory, "status"), "");
        File.WriteAllText(configuration.KeyFile, settings.ArchiveKeys());
        File.WriteAllText(configuration.ConfigurationFile, configuration.FormatConfiguration());
        File.WriteAllText(configuration.SourcesFile, configuration.FormatSources());
        return configuration;
    }

    /// <summary>Architectures of the configuration whose index is not here.</summary>
    public static IReadOnlyList<string> WithoutIndex(AptConfiguration configuration) =>
        [
            .. configuration.Architectures.Where(architecture =>
                IndexFile(configuration, architecture) is null
            ),
        ];

    /// <summary>The file of one architecture's index, as apt keeps it; null before an update.</summary>
    public static string? IndexFile(AptConfiguration configuration, string architecture) =>
        System
            .IO.Directory.EnumerateFiles(
                configuration.ListsDirectory,
                $"*_dists_{configuration.Suite}_{configuration.Component}_"
                    + (
                        architecture == Source
                            ? "source_Sources*"
                            : $"binary-{architecture}_Packages*"
                    )
            )
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>Fetches the signed index of every architecture of the configuration.</summary>
    /// <exception cref="DebianException">An index could not be had, or its signature is not good.</exception>
    public void Update(AptConfiguration configuration, CancellationToken cancellationToken)
    {
        IEnumerable<string> sources = configuration.HasSources ? [Source] : [];
        log(
            $"fetching the index of Debian {configuration.Suite} ({string.Join(", ", configuration.Architectures.Concat(sources))}) from '{configuration.Mirror}'"
        );
        var problems = new List<string>();
        ProcessExit exit;
        try
        {
            exit = RunConfigured(
                configuration,
                ["-o", "APT::Status-Fd=1", "update"],
                workingDirectory: null,
                line =>
                {
                    Collect(problems, line);
                    if (PercentOf(line) is { } percent)
                        settings.Report(
                            new($"the index of Debian {configuration.Suite}") { Percent = percent }
                        );
                },
                cancellationToken
            );
        }
        finally
        {
            settings.Report(null);
        }

        if (exit.IsSuccess && WithoutIndex(configuration).Count == 0)
        {
            HasUpdated = true;
            return;
        }

        // One reason is enough: a mirror that is off fails in the same way for every index.
        var reason = problems.Count == 0 ? $"apt-get {exit}" : string.Join("; ", problems.Take(2));
        throw new DebianException(Explain(configuration, reason));
    }

    /// <summary>Runs <c>apt-get download</c>.</summary>
    /// <returns>What apt complained about, empty on success.</returns>
    public IReadOnlyList<string> Download(
        AptConfiguration configuration,
        IEnumerable<PinnedPackage> packages,
        string directory,
        CancellationToken cancellationToken
    )
    {
        var problems = new List<string>();
        var exit = RunConfigured(
            configuration,
            ["download", .. packages.Select(package => package.AptRequest)],
            directory,
            line => Collect(problems, line),
            cancellationToken
        );
        if (!exit.IsSuccess && problems.Count == 0)
            problems.Add($"apt-get {exit}");
        return exit.IsSuccess ? [] : problems;
    }

    /// <summary>
    /// Has apt's own downloader fetch one file of the archive by its name, without an index; unchecked.
    /// </summary>
    /// <returns>Null on success, otherwise what it complained about.</returns>
    public static string? DownloadFile(
        AptConfiguration configuration,
        PinnedPackage package,
        string file,
        CancellationToken cancellationToken
    )
    {
        const string Helper = "/usr/lib/apt/apt-helper";
        if (!File.Exists(Helper))
            return $"'{Helper}' is missing";
        var problems = new List<string>();
        var exit = Run(
            Helper,
            [
                "-c",
                configuration.ConfigurationFile,
                "download-file",
                $"{configuration.Mirror}/{package.Filename}",
                file,
            ],
            workingDirectory: null,
            line => Collect(problems, line),
            cancellationToken
        );
        return exit.IsSuccess ? null
            : problems.Count == 0 ? $"apt-helper {exit}"
            : problems[0];
    }

    /// <summary>Hands on the lines of a file that apt keeps, whatever it is compressed with.</summary>
    /// <exception cref="DebianException">It cannot be read.</exception>
    public static void ReadIndex(
        string file,
        Action<string> onLine,
        CancellationToken cancellationToken
    )
    {
        var exit = Run(
            "/usr/lib/apt/apt-helper",
            ["cat-file", file],
            workingDirectory: null,
            onLine,
            cancellationToken
        );
        if (!exit.IsSuccess)
            throw new DebianException($"apt cannot read its own '{file}': apt-helper {exit}");
    }

    // "dlstatus:3:10.5780:Retrieving file 3 of 4"
    private static int? PercentOf(string line) =>
        line.StartsWith("dlstatus:", StringComparison.Ordinal)
        && line.Split(':') is [_, _, var percent, ..]
        && double.TryParse(
            percent,
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? (int)number
            : null;

    private static void Collect(List<string> problems, string line)
    {
        if (line.StartsWith("E: ", StringComparison.Ordinal))
            problems.Add(line[3..]);
        else if (line.StartsWith("W: ", StringComparison.Ordinal) && IsTelling(line))
            problems.Add(line[3..]);
    }

    private static bool IsTelling(string warning) =>
        warning.Contains("Failed to fetch", StringComparison.Ordinal)
        || warning.Contains("NO_PUBKEY", StringComparison.Ordinal)
        || warning.Contains("GPG error", StringComparison.Ordinal);

    private static string Explain(AptConfiguration configuration, string reason)
    {
        var lacksKeys =
            reason.Contains("NO_PUBKEY", StringComparison.Ordinal)
            || reason.Contains("is not signed", StringComparison.Ordinal)
            || reason.Contains("signatures couldn't be verified", StringComparison.Ordinal)
            || reason.Contains("Missing key", StringComparison.Ordinal);
        return lacksKeys
            ? $"the index of Debian {configuration.Suite} from '{configuration.Mirror}' is signed by none of the keys in the package set's 'bootstrap/archive-keys.asc' (apt said: {reason})"
            : $"cannot fetch the index of Debian {configuration.Suite} from '{configuration.Mirror}': {reason}";
    }

    private bool HasSourcesIndex(string suite)
    {
        var lists = Path.Combine(Directory, "state", "lists");
        return System.IO.Directory.Exists(lists)
            && System
                .IO.Directory.EnumerateFiles(lists, $"*_dists_{suite}_*_source_Sources*")
                .Any();
    }

    private IEnumerable<string> KnownArchitectures(string suite)
    {
        const string Marker = "_binary-";
        var lists = Path.Combine(Directory, "state", "lists");
        if (!System.IO.Directory.Exists(lists))
            yield break;
        foreach (
            var file in System.IO.Directory.EnumerateFiles(lists, $"*_dists_{suite}_*_Packages*")
        )
        {
            var start = file.LastIndexOf(Marker, StringComparison.Ordinal);
            var end = file.LastIndexOf("_Packages", StringComparison.Ordinal);
            if (start >= 0 && end > start)
                yield return file[(start + Marker.Length)..end];
        }
    }

    // A host that is no Debian (Ubuntu, say) has mirrors of another archive: those of Debian say so in their path.
    private string FindHostMirror()
    {
        string? found = null;
        try
        {
            _ = Run(
                ["indextargets", "--format", "$(REPO_URI) $(COMPONENT)", "Created-By: Packages"],
                workingDirectory: null,
                line =>
                {
                    var words = line.Split(' ');
                    if (
                        words is [var address, "main"]
                        && address.TrimEnd('/').EndsWith("/debian", StringComparison.Ordinal)
                    )
                        found ??= address.TrimEnd('/');
                },
                default
            );
        }
        catch (Win32Exception)
        {
            // No apt: the mirror is then asked directly.
        }

        return found
            ?? throw new DebianException(
                "the sources of this machine's apt name no mirror of Debian; name one by the setting 'debian-mirror'"
            );
    }

    private ProcessExit RunConfigured(
        AptConfiguration configuration,
        IReadOnlyList<string> arguments,
        string? workingDirectory,
        Action<string> onLine,
        CancellationToken cancellationToken
    ) =>
        Run(
            ["-q", "-c", configuration.ConfigurationFile, .. arguments],
            workingDirectory,
            onLine,
            cancellationToken
        );

    private ProcessExit Run(
        IReadOnlyList<string> arguments,
        string? workingDirectory,
        Action<string> onLine,
        CancellationToken cancellationToken
    ) => Run(settings.AptGet!, arguments, workingDirectory, onLine, cancellationToken);

    private static ProcessExit Run(
        string program,
        IReadOnlyList<string> arguments,
        string? workingDirectory,
        Action<string> onLine,
        CancellationToken cancellationToken
    ) =>
        ProcessLines.Run(
            new()
            {
                Program = "env",
                Arguments =
                [
                    .. s_environment.Select(variable => $"{variable.Name}={variable.Value}"),
                    program,
                    .. arguments,
                ],
                WorkingDirectory = workingDirectory,
            },
            onLine,
            cancellationToken
        );
}
