namespace Ferry.Cli.Tests;

/// <summary>What the roads to a foreign platform leave alone: crossed builds QEMU, emulated ones the machine.</summary>
[Collection(nameof(StoreFixture))]
public sealed class BothRoadsTests(StoreFixture store)
{
    private const string HostRegistrations = "/proc/sys/fs/binfmt_misc";

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
    [InlineData("riscv64-linux")]
    [InlineData("aarch64-linux")]
    public void An_emulated_build_registers_nothing_on_the_machine(string system)
    {
        var before = Registrations();
        store.BuildEverything();
        var package = $"packages#legacyPackages.{system}.hello";
        store.Run("build", "--no-link", package).Succeeded();
        store.Run("run", package).Succeeded();
        Assert.Equal(before, Registrations());
    }

    [Fact]
    public void The_store_verifies_afterwards()
    {
        store.BuildEverything();
        store.Run("nix-store", "--verify", "--check-contents").Succeeded();
    }

    private static string[] Registrations() =>
        Directory.Exists(HostRegistrations)
            ? [.. Directory.EnumerateFiles(HostRegistrations).Order(StringComparer.Ordinal)]
            : [];
}
