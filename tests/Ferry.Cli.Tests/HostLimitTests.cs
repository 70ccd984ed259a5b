using System.Diagnostics;

namespace Ferry.Cli.Tests;

/// <summary>What the host refuses: each is one readable error, and the store stays whole.</summary>
/// <remarks>
/// The limits are set in a user namespace of the test's own, which asks for nothing and leaves nothing. Root first becomes
/// somebody else, since the namespace of root would be that of the host's root still.
/// </remarks>
public sealed class HostLimitTests : IDisposable
{
    private const string NobodyInParticular = "1000";

    private readonly string _folder = Directory.CreateTempSubdirectory("ferry-limits-").FullName;

    public HostLimitTests()
    {
        // The checkout may lie where only root can look.
        Copy(Path.GetDirectoryName(FerryProgram.Path)!, Path.Combine(_folder, "bin"));
        Directory.CreateDirectory(Path.Combine(_folder, "store"));
        WriteBuild("small", "echo hi > $out");
        WriteBuild("endless", "while :; do echo 0123456789abcdef0123456789abcdef; done > $out");
        if (Environment.IsPrivilegedProcess)
            Start("chown", "-R", $"{NobodyInParticular}:{NobodyInParticular}", _folder).Succeeded();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_user_namespaces_the_setting_that_gives_them_is_named()
    {
        var outcome = InNamespace(
            "echo 0 > /proc/sys/user/max_user_namespaces; ferry build --no-link --file small.nix"
        );

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("error: ", outcome.Error);
        Assert.Contains("sysctl user.max_user_namespaces=", outcome.Error);
        InNamespace("ferry build --no-link --file small.nix").Succeeded();
    }

    [Fact]
    public void A_full_disk_is_named_and_the_store_verifies()
    {
        var outcome = InNamespace(
            """
            mount -t tmpfs -o size=32m none store || exit
            ferry build --no-link --file endless.nix && exit
            ferry nix-store --verify --check-contents || exit
            ferry build --no-link --print-out-paths --file small.nix
            """
        );

        outcome.Succeeded();
        Assert.Contains("-endless.drv': the disk is full", outcome.Error);
        Assert.Matches("^/nix/store/[^/]+-small\n$", outcome.Output);
    }

    private void WriteBuild(string name, string script) =>
        File.WriteAllText(
            Path.Combine(_folder, name + ".nix"),
            $$"""
            derivation {
              name = "{{name}}";
              system = "x86_64-linux";
              builder = "/bin/sh";
              args = [ "-c" "{{script}}" ];
            }
            """
        );

    private Outcome InNamespace(string script)
    {
        string[] identity = Environment.IsPrivilegedProcess
            ?
            [
                "setpriv",
                $"--reuid={NobodyInParticular}",
                $"--regid={NobodyInParticular}",
                "--clear-groups",
            ]
            : ["env"];
        string[] enter = [.. identity, "unshare", "--user", "--map-root-user", "--mount"];
        var trial = Start(enter[0], [.. enter[1..], "true"]);
        Assert.SkipUnless(
            trial.ExitCode == 0,
            $"no user namespace can be made here: {trial.Error}"
        );
        return Start(enter[0], [.. enter[1..], "sh", "-c", script]);
    }

    private Outcome Start(string program, params string[] arguments) =>
        FerryProgram.Run(
            new RunOptions
            {
                Program = program,
                WorkingDirectory = _folder,
                Environment = new Dictionary<string, string>
                {
                    ["HOME"] = _folder,
                    ["NIX_REMOTE"] = Path.Combine(_folder, "store"),
                    ["PATH"] =
                        $"{Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                },
            },
            arguments
        );

    private static void Copy(string from, string to)
    {
        using var copy = Process.Start("cp", ["-R", from, to]);
        copy.WaitForExit();
    }
}
