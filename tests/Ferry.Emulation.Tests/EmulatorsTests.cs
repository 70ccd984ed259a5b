using Ferry.Emulation.Registrations;

namespace Ferry.Emulation.Tests;

public class EmulatorsTests
{
    private const string KernelText =
        "enabled\ninterpreter /usr/libexec/qemu\nflags: PF\noffset 0\n"
        + "magic 7f454c460201010000000000000000000200f300\n"
        + "mask ffffffffffffff00fffffffffffffffffeffffff\n";

    [Theory]
    [InlineData("x86_64-linux", SystemSupport.Native)]
    [InlineData("i686-linux", SystemSupport.Native32)]
    [InlineData("riscv64-linux", SystemSupport.Emulated)]
    [InlineData("armv7l-linux", SystemSupport.Emulated)]
    [InlineData("aarch64-darwin", SystemSupport.None)]
    [InlineData("avr-none", SystemSupport.None)]
    public void Systems_are_sorted_by_what_runs_them(string system, SystemSupport support) =>
        Assert.Equal(support, new Emulators(OfKernel(6, 18)).Support(system));

    [Fact]
    public void An_old_kernel_uses_the_hosts_registration_when_it_has_flag_f()
    {
        var emulators = new Emulators(OfKernel(6, 1, KernelText));

        Assert.True(emulators.UsesHostRegistration("riscv64-linux"));
        Assert.Empty(emulators.Register("riscv64-linux", "/qemu"));
        Assert.False(emulators.UsesHostRegistration("aarch64-linux"));
    }

    [Theory]
    [InlineData("flags: PF", "flags: P")]
    [InlineData("enabled", "disabled")]
    public void An_old_kernel_without_a_usable_registration_names_two_ways_out(
        string from,
        string to
    )
    {
        var emulators = new Emulators(
            OfKernel(6, 1, KernelText.Replace(from, to, StringComparison.Ordinal))
        );

        var failure = Assert.Throws<EmulationException>(() =>
            emulators.Register("riscv64-linux", "/qemu")
        );

        Assert.Contains("Linux 6.1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("newer kernel", failure.Message, StringComparison.Ordinal);
        Assert.Contains("flag F", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_kernel_relies_on_nothing_of_the_host()
    {
        var registration = Assert.Single(
            new Emulators(OfKernel(6, 7, KernelText)).Register("riscv64-linux", "/qemu")
        );

        Assert.Equal("qemu-riscv64", registration.Name);
        Assert.Equal("/qemu", registration.HostInterpreter);
        Assert.True(registration.PreservesArgumentZero);
        Assert.Equal(registration.Magic.Length, registration.Mask.Length);
    }

    [Fact]
    public void This_machine_is_known()
    {
        var emulators = new Emulators(Machine.Current);

        Assert.Equal(SystemSupport.Native, emulators.Support(Machine.Current.System));
        Assert.True(Machine.Current.Kernel.Major >= 4);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Machine.Current.System} and {string.Join(' ', Machine.Current.NarrowSystems)}"
        );
    }

    [Fact]
    public void A_rule_by_file_name_is_passed_over() =>
        Assert.Null(
            HostRegistration.Parse("x", "enabled\ninterpreter /x\nflags: \nextension .exe\n")
        );

    private static Machine OfKernel(int major, int minor, params string[] registrations) =>
        new()
        {
            System = "x86_64-linux",
            NarrowSystems = ["i686-linux"],
            Kernel = new Version(major, minor),
            HostRegistrations = () =>
                [.. registrations.Select(text => HostRegistration.Parse("qemu-riscv64", text)!)],
        };
}
