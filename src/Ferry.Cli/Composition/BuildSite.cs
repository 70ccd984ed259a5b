using System.Globalization;
using Ferry.Build;
using Ferry.Build.Builtins;
using Ferry.Build.Logs;
using Ferry.Build.Scheduling;
using Ferry.Cli.Installables;
using Ferry.Cli.Progress;
using Ferry.Cli.Settings;
using Ferry.Fetching.Archives;
using Ferry.Fetching.Downloads;
using Ferry.Store.Building;

namespace Ferry.Cli.Composition;

/// <summary>Building, joined together: the local builder with its built-in builders, emulators and progress display.</summary>
internal sealed class BuildSite
{
    // Packages of one moment come with one call of apt, so many may wait together.
    private const int FetchesMax = 40;

    private readonly Session _session;
    private readonly LogDirectory _logs;
    private readonly Lazy<LocalBuilder> _builder;

    public BuildSite(Session session)
    {
        _session = session;
        _logs = new(session.Site.Location.LogDirectory);
        _builder = new(MakeBuilder);
    }

    /// <summary>Says what building would do; nothing where all is there.</summary>
    public void NotePlan(IReadOnlyList<Target> targets)
    {
        var text = PlanText.Of(Preview(targets), new ProgressOptions());
        if (text.Length > 0)
            _session.Note(text);
    }

    /// <summary>Builds what an evaluation is about to read.</summary>
    public BuildReport BuildForEvaluation(IReadOnlyList<DerivedPath> targets) =>
        _builder.Value.Run(
            new BuildRequest(targets) { IsAnnounced = false },
            _session.Interruption
        );

    /// <summary>As <see cref="Build"/>, of what a person has not asked for: its plan is not announced.</summary>
    /// <exception cref="BuildFailedException">Something could not be built; the message is ready to print.</exception>
    public IReadOnlyList<BuildResult> BuildQuietly(IReadOnlyList<Target> targets) =>
        Results(
            _builder.Value.Run(
                new BuildRequest([.. targets.Select(target => target.Path)])
                {
                    IsAnnounced = false,
                },
                _session.Interruption
            )
        );

    /// <summary>Builds everything, or fails with the one report that a person needs.</summary>
    /// <exception cref="BuildFailedException">Something could not be built; the message is ready to print.</exception>
    public IReadOnlyList<BuildResult> Build(IReadOnlyList<Target> targets, BuildMode mode) =>
        Results(
            _builder.Value.Run(
                [.. targets.Select(target => target.Path)],
                mode,
                _session.Interruption
            )
        );

    private IReadOnlyList<BuildResult> Results(BuildReport report)
    {
        _session.EndProgress();
        _session.Interruption.ThrowIfCancellationRequested();
        var failed = report.Results.Where(result => !result.IsSuccess).ToList();
        if (failed.Count == 0)
            return report.Results;
        var messages = failed.Select(result => result.Message).OfType<string>().Distinct().ToList();
        if (failed.Count > 1)
        {
            var names = failed.Select(result => $"'{NameOf(result.Target)}'").Distinct();
            messages.Add($"build of {string.Join(", ", names)} failed");
        }

        throw new BuildFailedException(messages, FailureExitStatus.Of(report.Failures));
    }

    public BuildSummary Preview(IReadOnlyList<Target> targets) =>
        _builder.Value.Preview([.. targets.Select(target => target.Path)], _session.Interruption);

    /// <returns>Null when there is no log of any derivation that the target means.</returns>
    public Stream? OpenLog(DerivedPath target)
    {
        var path = target switch
        {
            DerivedPath.Built built => built.Derivation,
            DerivedPath.Opaque { Path.IsDerivation: true } opaque => opaque.Path,
            DerivedPath.Opaque opaque => _session.Store.QueryInfo(opaque.Path)?.Deriver,
            _ => null,
        };
        return path is null ? null : _logs.TryOpen(path.ToString());
    }

    private string NameOf(DerivedPath target) =>
        _session.Store.Directory.Format(
            target switch
            {
                DerivedPath.Built built => built.Derivation,
                DerivedPath.Opaque opaque => opaque.Path,
                _ => throw new System.Diagnostics.UnreachableException(),
            }
        );

    private LocalBuilder MakeBuilder() =>
        new(
            new BuilderParts(_session.Site.Store, Settings())
            {
                Builtins =
                [
                    new FetchUrlBuilder(_session.Fetching.Downloader),
                    new EnvironmentBuilder(),
                    new UnpackChannelBuilder(),
                    .. _session.Debian.Builders,
                ],
                Emulators = _session.Emulators,
                Events = _session.Events(),
            }
        );

    private BuildSettings Settings()
    {
        var settings = _session.Settings;
        var system = _session.Options.System;
        var paths = SandboxPathText.Read(settings);
        return new BuildSettings
        {
            NativeSystem = system,
            ExtraSystems = Systems
                .RunBy(system)
                .Concat(settings.Words("extra-platforms"))
                .ToHashSet(StringComparer.Ordinal),
            SystemFeatures = settings.Words("system-features").ToHashSet(StringComparer.Ordinal),
            Limits = new SchedulerLimits(
                JobsMax(settings),
                FetchesMax,
                settings.Switch("keep-going")
            ),
            Cores = settings.Number("cores"),
            SandboxUse = settings.Text("sandbox") switch
            {
                "false" => SandboxUse.Never,
                "relaxed" => SandboxUse.Relaxed,
                _ => SandboxUse.Always,
            },
            BuildsAsRoot =
                settings.IsSet("build-users-group") && settings.Text("build-users-group") == "",
            BuildDirectory = settings.Text("build-dir") is { Length: > 0 } folder ? folder : null,
            SandboxTop = settings.Text("sandbox-build-dir"),
            FiltersSystemCalls = settings.Switch("filter-syscalls"),
            SandboxShell = paths.Shell,
            SandboxPaths = paths.Others,
            LogDirectory = settings.Switch("keep-build-log")
                ? _session.Site.Location.LogDirectory
                : null,
            LogLines = settings.Number("log-lines"),
            ShowsWholeLog = _session.Options.PrintsBuildLogs,
            Timeout = Seconds(settings, "timeout"),
            SilenceMax = Seconds(settings, "max-silent-time"),
            LogSizeMax = settings.Number("max-build-log-size") is > 0 and var bytes ? bytes : null,
            KeepsFailed = settings.Switch("keep-failed"),
            CallerVariable = _session.Options.Environment.Variable,
            CertificateFile = _session.Fetching.CertificateFile,
        };
    }

    private static int JobsMax(SettingStore settings) =>
        settings.Text("max-jobs") is var text && text == "auto" ? Environment.ProcessorCount
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
        : throw SettingException.Invalid("max-jobs", "a whole number or auto", text, "--max-jobs");

    private static TimeSpan? Seconds(SettingStore settings, string name) =>
        settings.Number(name) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}

/// <summary>A build did not give what was asked for. Each message stands for itself.</summary>
internal sealed class BuildFailedException(IReadOnlyList<string> messages, int exitStatus)
    : Exception(string.Join('\n', messages))
{
    public IReadOnlyList<string> Messages => messages;

    /// <summary>What the old commands exit with.</summary>
    public int ExitStatus => exitStatus;
}
