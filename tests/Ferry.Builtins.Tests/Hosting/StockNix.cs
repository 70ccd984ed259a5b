using System.Diagnostics;

namespace Ferry.Builtins.Tests.Hosting;

/// <summary>Stock Nix, to compare with.</summary>
/// <remarks>
/// FERRY_STOCK holds words to put before a command, such as those that enter a chroot; without it the programs are searched
/// for on the PATH. Tests that need it say so and are skipped where there is none.
/// </remarks>
internal static class StockNix
{
    private const string VersionWanted = "2.34.8";

    private static readonly string[] s_prefix = (
        Environment.GetEnvironmentVariable("FERRY_STOCK") ?? ""
    ).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Skips the test where there is no stock Nix of the version that is compared with.</summary>
    public static void Require()
    {
        string? version = null;
        try
        {
            version = Run("nix-store", "--version").Trim().Split(' ')[^1];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No such program: the skip below says so.
        }

        Assert.SkipUnless(
            version == VersionWanted,
            $"there is no stock Nix {VersionWanted} to compare with (PATH, or the command prefix in FERRY_STOCK), but {version ?? "none"}"
        );
    }

    /// <summary>Runs a command that must succeed.</summary>
    public static string Run(params string[] command)
    {
        string[] words = [.. s_prefix, .. command];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // A configuration of the machine's must not reach the comparison.
        start.Environment["NIX_CONF_DIR"] = "/nonexistent";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(
            process.ExitCode == 0,
            $"{string.Join(' ', command)} failed: {errors.GetAwaiter().GetResult()}"
        );
        return output;
    }
}
