using System.Diagnostics;

namespace Ferry.Cli.Tests;

internal static class ProgramFile
{
    /// <summary>What <c>file</c> says about a file.</summary>
    public static string Kind(string file)
    {
        using var process = Process.Start(
            new ProcessStartInfo("file", ["--brief", file])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var kind = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return kind;
    }
}
