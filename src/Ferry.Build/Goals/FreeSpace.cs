namespace Ferry.Build.Goals;

/// <summary>Guesses whether a build failed because a disk was full: nobody says so afterwards.</summary>
internal static class FreeSpace
{
    public const string Note =
        "\nnote: build failure may have been caused by lack of free disk space";

    // Stock's own threshold.
    private const long NearlyNone = 8 << 20;

    public static bool IsNearlyNone(string path) =>
        new DriveInfo(path).AvailableFreeSpace < NearlyNone;
}
