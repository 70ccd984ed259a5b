namespace Ferry.Build.Logs;

/// <summary>What happens during a build, for a progress display.</summary>
/// <remarks>Called from many threads at once; an implementation must return quickly and may not throw.</remarks>
public interface IBuildEvents
{
    /// <summary>The whole graph is known and nothing has started yet.</summary>
    void Planned(BuildSummary summary);

    void Started(BuildActivity activity);

    /// <summary>The builder said <c>@nix {"action":"setPhase",…}</c>.</summary>
    void PhaseChanged(BuildActivity activity, string phase);

    /// <summary>One line of builder output, without its end; bytes that are no UTF-8 are replaced.</summary>
    void LogLine(BuildActivity activity, string line);

    /// <param name="activity">The fetch.</param>
    /// <param name="received">Bytes so far, including those of an earlier, resumed attempt.</param>
    /// <param name="expected">Bytes in all; null while the server has not said.</param>
    void Progressed(BuildActivity activity, long received, long? expected);

    /// <summary>A sentence about a delay that the user should see: a lock, a build directory that was kept.</summary>
    void Noted(string message);

    void Finished(BuildActivity activity);

    /// <summary>A derivation failed, or cannot be built because something it needs did.</summary>
    void Failed(BuildFailureReport report);
}

/// <param name="Activity">What ran; null when nothing did.</param>
/// <param name="DerivationPath">Full store path text.</param>
/// <param name="Failure">Why.</param>
/// <param name="IsTarget">
/// Asked for by the caller, who gets the failure as its result as well; stock prints the others at once and
/// these at the end.
/// </param>
public sealed record BuildFailureReport(
    BuildActivity? Activity,
    string DerivationPath,
    BuildException Failure,
    bool IsTarget
);

/// <summary>What is about to happen: full store path texts, in stock's order.</summary>
/// <param name="ToBuild">Derivations that will be built, those that only fetch included; inputs before what needs them.</param>
/// <param name="ToSubstitute">Output paths that come from a binary cache, by name.</param>
/// <param name="Unknown">Paths that were asked for and that nobody can make.</param>
public sealed record BuildSummary(
    IReadOnlyList<string> ToBuild,
    IReadOnlyList<string> ToSubstitute,
    IReadOnlyList<string> Unknown
)
{
    /// <summary>False when building is part of something else, such as an evaluation: nobody is to be told beforehand.</summary>
    public bool IsAnnounced { get; init; } = true;
}

/// <summary>Nobody watches.</summary>
public sealed class SilentBuildEvents : IBuildEvents
{
    public static SilentBuildEvents Instance { get; } = new();

    public void Planned(BuildSummary summary) { }

    public void Started(BuildActivity activity) { }

    public void PhaseChanged(BuildActivity activity, string phase) { }

    public void LogLine(BuildActivity activity, string line) { }

    public void Progressed(BuildActivity activity, long received, long? expected) { }

    public void Noted(string message) { }

    public void Finished(BuildActivity activity) { }

    public void Failed(BuildFailureReport report) { }
}
