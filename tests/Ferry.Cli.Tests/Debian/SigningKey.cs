using System.ComponentModel;
using System.Diagnostics;

namespace Ferry.Cli.Tests.Debian;

/// <summary>A key of gpg's that lives for one test.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("ferry-gpg-").FullName;

    private SigningKey() =>
        Run(
            "--quick-generate-key",
            "--passphrase",
            "",
            "Archive of a test <archive@example.org>",
            "rsa2048",
            "sign",
            "never"
        );

    /// <summary>Skips the test where there is no gpg.</summary>
    public static SigningKey MakeOrSkip()
    {
        try
        {
            using var probe = Process.Start(
                new ProcessStartInfo("gpg", ["--version"])
                {
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            )!;
            probe.StandardOutput.ReadToEnd();
            probe.WaitForExit();
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no gpg here to sign an archive with (package gnupg)");
        }

        return new SigningKey();
    }

    /// <summary>The public half, armoured.</summary>
    public string Public => Run("--armor", "--export");

    public byte[] ClearSign(string text)
    {
        var plain = Path.Combine(_home, "plain");
        File.WriteAllText(plain, text);
        return System.Text.Encoding.UTF8.GetBytes(
            Run("--armor", "--clearsign", "--output", "-", plain)
        );
    }

    public void Dispose()
    {
        // Else gpg's agent outlives the test.
        using (var end = Process.Start("gpgconf", ["--homedir", _home, "--kill", "all"]))
            end.WaitForExit();
        Directory.Delete(_home, recursive: true);
    }

    private string Run(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("gpg", ["--homedir", _home, "--batch", "--yes", .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.GetAwaiter().GetResult());
        return output;
    }
}
