using System.Diagnostics;

namespace Ferry.Store.Tests;

/// <summary>Stock Nix, to compare with.</summary>
/// <remarks>
/// FERRY_STOCK holds words to put before a command, such as those that enter a chroot; without it the programs are searched
/// for on the PATH. Tests that need it say so and are skipped where there is none.
/// </remarks>
internal static class StockNix
{
    private static readonly string[] s_prefix = (
        Environment.GetEnvironmentVariable("FERRY_STOCK") ?? ""
    ).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static readonly Lazy<string?> s_version = new(FindVersion);

    public static string? Version => s_version.Value;

    /// <summary>Skips the test where there is no stock Nix, or only one that is older than what is compared.</summary>
    public static void Require(string oldestVersion = "2.0")
    {
        Assert.SkipUnless(
            Version is not null,
            "there is no stock nix-store to compare with (PATH, or the command prefix in FERRY_STOCK)"
        );
        var number = Version!.Split(' ')[^1];
        Assert.SkipUnless(
            System.Version.Parse(number) >= System.Version.Parse(oldestVersion),
            $"stock Nix {number} is older than {oldestVersion}, whose behaviour this compares with"
        );
    }

    /// <summary>Runs a command that must succeed.</summary>
    public static string Run(params string[] command)
    {
        var (exitCode, output, errors) = TryRun(command);
        Assert.True(exitCode == 0, $"{string.Join(' ', command)} exited with {exitCode}: {errors}");
        return output;
    }

    public static (int ExitCode, string Output, string Errors) TryRun(params string[] command)
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
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    private static string? FindVersion()
    {
        try
        {
            var (exitCode, output, _) = TryRun("nix-store", "--version");
            return exitCode == 0 ? output.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
