using Ferry.Store.Building;

namespace Ferry.Build;

/// <summary>The exit status of <c>nix-build</c> and its kin, from every failure of a call.</summary>
/// <remarks>Source: Nix manual, "Special exit codes for build failure". Other commands exit with 1.</remarks>
public static class FailureExitStatus
{
    private const int Special = 0x60;
    private const int BuildFailed = 0x04;
    private const int TimedOut = 0x01;
    private const int HashMismatch = 0x02;
    private const int CheckFailed = 0x08;

    /// <returns>100 to 111, or 1 when no failure is of a special kind.</returns>
    public static int Of(IEnumerable<BuildStatus> failures)
    {
        var flags = failures.Aggregate(0, (sum, failure) => sum | FlagsOf(failure));
        return flags == 0 ? 1 : flags | Special;
    }

    private static int FlagsOf(BuildStatus failure) =>
        failure switch
        {
            BuildStatus.PermanentFailure => BuildFailed,
            BuildStatus.TimedOut => BuildFailed | TimedOut,
            BuildStatus.HashMismatch => BuildFailed | HashMismatch,
            BuildStatus.NotDeterministic => CheckFailed,
            _ => 0,
        };
}
