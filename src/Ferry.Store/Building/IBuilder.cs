using Ferry.Formats;
using Ferry.Formats.StorePaths;

namespace Ferry.Store.Building;

/// <summary>Makes store paths valid by substituting or building them. Implemented above this room and joined to it by the program.</summary>
public interface IBuilder
{
    /// <summary>Makes every target valid, and everything they need. Blocks until all are done or have failed.</summary>
    /// <returns>One result a target, in the order of <paramref name="targets"/>; a failed build is a result, not an exception.</returns>
    /// <exception cref="StoreException">The request makes no sense: no such derivation, an output that it does not have.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; every process is gone and nothing is half-done.</exception>
    IReadOnlyList<BuildResult> Build(
        IReadOnlyList<DerivedPath> targets,
        BuildMode mode,
        CancellationToken cancellationToken
    );
}

/// <summary>What to do with outputs that are valid already.</summary>
public enum BuildMode
{
    /// <summary>Nothing.</summary>
    Normal,

    /// <summary>Build or fetch again those that are corrupt.</summary>
    Repair,

    /// <summary>Build again and compare (<c>--check</c>, <c>--rebuild</c>).</summary>
    Check,
}

/// <summary>How a target ended. Names as in stock's protocol.</summary>
public enum BuildStatus
{
    Built,
    Substituted,
    AlreadyValid,
    PermanentFailure,
    InputRejected,
    OutputRejected,

    /// <summary>Worth trying again: a full disk, a killed process, no machine for the system.</summary>
    TransientFailure,
    TimedOut,
    MiscFailure,
    DependencyFailed,
    LogLimitExceeded,
    NotDeterministic,
    HashMismatch,
    Cancelled,
}

/// <summary>How one target ended.</summary>
/// <param name="Target">As asked for.</param>
/// <param name="Status">The outcome.</param>
public sealed record BuildResult(DerivedPath Target, BuildStatus Status)
{
    /// <summary>Why it failed, as it is to be printed after <c>error: </c>; null on success.</summary>
    public string? Message { get; init; }

    /// <summary>The wanted outputs and their paths, on success; empty for an opaque target.</summary>
    public SortedMap<ByteString, StorePath> Outputs { get; init; } =
        SortedMap<ByteString, StorePath>.Empty;

    public bool IsSuccess =>
        Status is BuildStatus.Built or BuildStatus.Substituted or BuildStatus.AlreadyValid;
}
