namespace Ferry.Build;

/// <summary>A build did not give its outputs. Never used for a bug in the builder itself.</summary>
/// <remarks>The message is stock's, without the leading <c>error:</c>; it may have several lines.</remarks>
public sealed class BuildException : Exception
{
    private BuildException(BuildFailure kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    public BuildFailure Kind { get; }

    /// <summary>The derivation that failed, as full store path text; null when no single one did.</summary>
    public string? DerivationPath { get; init; }

    /// <summary>Failures that led to this one, for a report that names each once.</summary>
    public IReadOnlyList<BuildException> Causes { get; init; } = [];

    /// <summary>Stock's exit status: 100 plus 1 for a timeout, 2 for a hash mismatch, 4 for a failed check.</summary>
    /// <remarks>Source: Nix manual, "Special exit codes for build failure". Other failures give 1.</remarks>
    public int ExitStatus =>
        Kind switch
        {
            BuildFailure.BuilderFailed => 100,
            BuildFailure.DependencyFailed => Causes.Aggregate(
                0,
                (status, cause) => status | cause.ExitStatus
            ) is >= 100 and var status
                ? status
                : 1,
            BuildFailure.TimedOut => 101,
            BuildFailure.HashMismatch => 102,
            BuildFailure.NotDeterministic => 104,
            _ => 1,
        };

    /// <param name="kind">Class of the failure.</param>
    /// <param name="derivationPath">Full store path text.</param>
    /// <param name="message">As stock words it.</param>
    public static BuildException Of(
        BuildFailure kind,
        string derivationPath,
        string message,
        Exception? inner = null
    ) => new(kind, message, inner) { DerivationPath = derivationPath };

    /// <summary>Several unrelated failures of one call, each already reported.</summary>
    public static BuildException Several(IReadOnlyList<BuildException> causes) =>
        new(
            BuildFailure.DependencyFailed,
            $"build of {string.Join(", ", causes.Select(cause => $"'{cause.DerivationPath}'"))} failed"
        )
        {
            Causes = causes,
        };

    public static BuildException General(string message, Exception? inner = null) =>
        new(BuildFailure.Miscellaneous, message, inner);
}

/// <summary>Classes that callers tell apart. Names follow stock's build results.</summary>
public enum BuildFailure
{
    /// <summary>The builder ended with a status other than 0, or by a signal.</summary>
    BuilderFailed,

    /// <summary>As above, but the disk is full or the build was not pure: trying again may help.</summary>
    TransientFailure,

    /// <summary>The derivation asks for something that cannot be had here.</summary>
    InputRejected,

    /// <summary>An output is missing, has forbidden references, or forms a cycle.</summary>
    OutputRejected,

    HashMismatch,
    TimedOut,
    LogLimitExceeded,
    NotDeterministic,
    DependencyFailed,
    DiskFull,
    Miscellaneous,
}
