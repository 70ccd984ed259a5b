using System.Diagnostics;

namespace Ferry.Cli.Tests;

/// <summary>The main job: hello for two foreign platforms, crossed and emulated.</summary>
[Collection(nameof(StoreFixture))]
public sealed class BothRoadsTests(StoreFixture store)
{
    private const string Greeting = "Hello, world!\n";
    private const string HostRegistrations = "/proc/sys/fs/binfmt_misc";

    [Theory]
    [InlineData("riscv64", "UCB RISC-V")]
    [InlineData("aarch64-multiplatform", "ARM aarch64")]
    public void A_crossed_program_is_for_its_platform_and_runs(string platform, string machine)
    {
        store.BuildEverything();
        var package = $"packages#pkgsCross.{platform}.hello";
        var path = store.Run("build", "--no-link", "--print-out-paths", package).Succeeded().Output;
        Assert.Contains(machine, FileKind(store.Real(path) + "/bin/hello"));
        Assert.Equal(Greeting, store.Run("run", package).Succeeded().Output);
    }

    [Theory]
    [InlineData("riscv64")]
    [InlineData("aarch64-multiplatform")]
    public void A_crossed_build_needs_no_emulator(string platform)
    {
        var derivation = store
            .Run("eval", "--raw", $"packages#pkgsCross.{platform}.hello.drvPath")
            .Succeeded()
            .Output;
        var needed = store
            .Run("nix-store", "--query", "--requisites", derivation)
            .Succeeded()
            .Output;
        Assert.DoesNotContain("qemu", needed);
    }

    [Theory]
    [InlineData("riscv64-linux", "UCB RISC-V")]
    [InlineData("aarch64-linux", "ARM aarch64")]
    public void A_native_build_of_a_foreign_system_is_emulated(string system, string machine)
    {
        var before = Registrations();
        store.BuildEverything();
        var package = $"packages#legacyPackages.{system}.hello";
        var path = store.Run("build", "--no-link", "--print-out-paths", package).Succeeded().Output;

        Assert.Contains(machine, FileKind(store.Real(path) + "/bin/hello"));
        Assert.Equal(Greeting, store.Run("run", package).Succeeded().Output);
        Assert.Equal(before, Registrations());
    }

    [Fact]
    public void The_store_verifies_afterwards()
    {
        store.BuildEverything();
        store.Run("nix-store", "--verify", "--check-contents").Succeeded();
    }

    private static string FileKind(string file)
    {
        using var process = Process.Start(
            new ProcessStartInfo("file", ["--brief", file])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        return process.StandardOutput.ReadToEnd();
    }

    private static string[] Registrations() =>
        Directory.Exists(HostRegistrations)
            ? [.. Directory.EnumerateFiles(HostRegistrations).Order(StringComparer.Ordinal)]
            : [];
}
