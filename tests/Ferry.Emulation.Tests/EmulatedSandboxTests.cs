using Ferry.Emulation.Running;
using Ferry.Platform.Sandbox;
using Ferry.Platform.Tests;
using Ferry.Platform.Tests.Sandbox;

namespace Ferry.Emulation.Tests;

public class EmulatedSandboxTests
{
    private static readonly Emulators s_emulators = new(Machine.Current);

    public static TheoryData<string> Systems => [.. ForeignPrograms.Systems];

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_foreign_program_runs_in_a_sandbox_that_does_not_contain_the_emulator(
        string system
    )
    {
        var qemu = Prepare(system);
        using var box = new Box();
        ForeignPrograms.Write(
            Path.Combine(box.Build, "greet"),
            ForeignPrograms.Greeting(system, "foreign\n")
        );
        var before = HostState();

        // By a shell: the rule holds for whatever the program starts.
        var (exit, output) = Box.Run(
            box.Shell($"./greet && /bin/sh -c ./greet; test ! -e {qemu} || exit 1; ls /tmp") with
            {
                Emulators = s_emulators.Register(system, qemu),
            }
        );

        Assert.Equal("foreign\nforeign\n", output);
        Assert.True(exit.IsSuccess);
        Assert.Equal(before, HostState());
    }

    [Fact]
    public void A_foreign_program_can_be_the_first_one_and_keeps_its_first_argument()
    {
        var qemu = Prepare("riscv64-linux");
        using var box = new Box();
        ForeignPrograms.Write(Path.Combine(box.Build, "zero"), ForeignPrograms.ArgumentZero());

        var (exit, output) = Box.Run(
            box.Shell("") with
            {
                Program = "/build/zero",
                Arguments = Box.Bytes("first", "second"),
                Emulators = s_emulators.Register("riscv64-linux", qemu),
            }
        );

        Assert.Equal(("first", 3), (output, exit.Code));
    }

    [Fact]
    public void Without_a_registration_a_foreign_program_is_refused()
    {
        Assert.SkipUnless(
            Registrations.HostRegistration.ReadAll().Count == 0,
            "this host has registrations of its own"
        );
        using var box = new Box();
        ForeignPrograms.Write(Path.Combine(box.Build, "zero"), ForeignPrograms.ArgumentZero());

        Assert.Equal(126, box.Run("./zero").Exit.Code);
    }

    [Fact]
    public void Several_emulators_live_side_by_side()
    {
        using var box = new Box();
        var registrations = new List<EmulatorRegistration>();
        foreach (var system in ForeignPrograms.Systems)
        {
            registrations.AddRange(s_emulators.Register(system, Prepare(system)));
            ForeignPrograms.Write(
                Path.Combine(box.Build, system),
                ForeignPrograms.Greeting(system, system[..5])
            );
        }

        var (_, output) = Box.Run(
            box.Shell("./riscv64-linux; ./aarch64-linux") with
            {
                Emulators = registrations,
            }
        );

        Assert.Equal("riscvaarch", output);
    }

    [Fact]
    public void A_missing_emulator_is_named()
    {
        ForeignPrograms.SkipUnlessKernelRegisters();
        Box.SkipUnlessPossible();
        using var box = new Box();
        var specification = box.Shell("true") with
        {
            Emulators = s_emulators.Register("riscv64-linux", "/no/such/qemu"),
        };

        var failure = Assert.Throws<SandboxException>(() => SandboxProcess.Start(specification));

        Assert.Equal(SandboxStep.RegisterEmulator, failure.Step);
        Assert.Equal(
            "cannot open the emulator '/no/such/qemu': No such file or directory",
            failure.Message
        );
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_person_runs_a_foreign_program_with_a_store_that_lies_elsewhere(
        bool hasStore,
        bool hasContent
    )
    {
        const string system = "riscv64-linux";
        var qemu = Prepare(system);
        Box.SkipUnlessPossible();
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["real"]);
        var logical = hasStore ? scratch["logical"] : "/ferry-test-absent/store";
        if (hasStore)
            Directory.CreateDirectory(logical);
        if (hasContent)
            File.WriteAllText(Path.Combine(logical, "of-the-host"), "host\n");
        ForeignPrograms.Write(scratch["real/greet"], ForeignPrograms.Greeting(system, "hello\n"));
        var script =
            (hasContent ? $"test -e {logical}/of-the-host || exit 1; " : "")
            + $"{logical}/greet > {scratch["out"]}; pwd >> {scratch["out"]}; id -u >> {scratch["out"]}; exit 5";

        using var child = SandboxProcess.StartInForeground(
            PersonalSandbox.Describe(
                new PersonalProgram
                {
                    Program = "/bin/sh",
                    Arguments = Box.Bytes("sh", "-c", script),
                    Environment = Box.Bytes("PATH=/usr/bin:/bin"),
                    WorkingDirectory = scratch.Path,
                    LogicalStore = logical,
                    RealStore = scratch["real"],
                    Emulators = s_emulators.Register(system, qemu),
                }
            )
        );

        Assert.Equal(5, child.Wait().Code);
        Assert.Equal(
            ["hello", scratch.Path, Platform.UserIdentity.User.ToString()],
            File.ReadAllLines(scratch["out"])
        );
        Assert.False(Directory.Exists("/ferry-test-absent"));
    }

    private static string Prepare(string system)
    {
        ForeignPrograms.SkipUnlessKernelRegisters();
        return ForeignPrograms.FindQemu(system);
    }

    private static string HostState() =>
        string.Join(
            ' ',
            Directory.Exists(Registrations.HostRegistration.Directory)
                ? Directory.EnumerateFileSystemEntries(Registrations.HostRegistration.Directory)
                : []
        );
}
