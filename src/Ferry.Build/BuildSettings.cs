using Ferry.Build.Sandbox;
using Ferry.Build.Scheduling;

namespace Ferry.Build;

/// <summary>What a person or a configuration file may choose about builds. Names in brackets are stock's settings.</summary>
public sealed record BuildSettings
{
    /// <summary>Slots, and what a failure stops [max-jobs, keep-going].</summary>
    public SchedulerLimits Limits { get; init; } =
        new(BuildsMax: 1, FetchesMax: 8, KeepsGoing: false);

    /// <summary>What builders see as NIX_BUILD_CORES; 0 means every processor [cores].</summary>
    public int Cores { get; init; }

    /// <summary>This machine's own system, which builds without any emulator [system].</summary>
    public required string NativeSystem { get; init; }

    /// <summary>Further systems whose programs this processor runs itself, as i686-linux on x86_64 [extra-platforms].</summary>
    public IReadOnlySet<string> ExtraSystems { get; init; } = new HashSet<string>();

    /// <summary>What <c>requiredSystemFeatures</c> may ask for [system-features].</summary>
    public IReadOnlySet<string> SystemFeatures { get; init; } =
        new HashSet<string> { "nixos-test", "benchmark", "big-parallel" };

    /// <summary>Which builds have a sandbox [sandbox].</summary>
    public SandboxUse SandboxUse { get; init; } = SandboxUse.Always;

    /// <summary>Where builds see their build directory [sandbox-build-dir].</summary>
    public string SandboxTop { get; init; } = BuilderEnvironment.SandboxTop;

    /// <summary>Refuses what would break the rules of a store [filter-syscalls].</summary>
    public bool FiltersSystemCalls { get; init; } = true;

    /// <summary>Builds without a sandbox may run as root, when root starts them [build-users-group, empty].</summary>
    public bool BuildsAsRoot { get; init; }

    /// <summary>A static shell on this machine that builders see as /bin/sh; null gives them none.</summary>
    public string? SandboxShell { get; init; }

    /// <summary>What builds see of the host besides that shell [sandbox-paths].</summary>
    public IReadOnlyList<SandboxPath> SandboxPaths { get; init; } = [];

    /// <summary>Where build directories are made; null means <c>builds</c> in the store's state directory [build-dir].</summary>
    public string? BuildDirectory { get; init; }

    /// <summary>Where logs are kept, as the store's own directory for them; null keeps none [keep-build-log].</summary>
    public string? LogDirectory { get; init; }

    /// <summary>Lines of the log in a failure report [log-lines].</summary>
    public int LogLines { get; init; } = 25;

    /// <summary>The report of a failure leaves out the end of the log, because all of it was shown already.</summary>
    public bool ShowsWholeLog { get; init; }

    /// <summary>Null: no limit [timeout].</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Null: no limit [max-silent-time].</summary>
    public TimeSpan? SilenceMax { get; init; }

    /// <summary>Bytes; null: no limit [max-log-size].</summary>
    public long? LogSizeMax { get; init; }

    /// <summary>Leaves the build directory of a failed build [keep-failed].</summary>
    public bool KeepsFailed { get; init; }

    /// <summary>The caller's environment: proxies, and <c>impureEnvVars</c> of fixed-output builds.</summary>
    public Func<string, string?> CallerVariable { get; init; } = _ => null;

    /// <summary>Certificates that fixed-output builders see; null: none [ssl-cert-file].</summary>
    public string? CertificateFile { get; init; }

    public int EffectiveCores => Cores > 0 ? Cores : Environment.ProcessorCount;
}

/// <summary>Which builds see their closure alone, and which see this machine, because a person has chosen so.</summary>
/// <remarks>Emulated builds, and those of a store that does not lie where its paths say, always have a sandbox.</remarks>
public enum SandboxUse
{
    /// <summary>All.</summary>
    Always,

    /// <summary>All but fixed-output ones and those with <c>__noChroot</c>.</summary>
    Relaxed,

    /// <summary>None.</summary>
    Never,
}
