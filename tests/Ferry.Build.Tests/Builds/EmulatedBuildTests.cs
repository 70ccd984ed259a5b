using Ferry.Build.Sandbox;
using Ferry.Emulation;
using Ferry.Emulation.Tests;
using Ferry.Store;
using Ferry.Store.Building;

namespace Ferry.Build.Tests.Builds;

public sealed class EmulatedBuildTests : IDisposable
{
    private const string System = "riscv64-linux";

    private readonly BuildStore _store = BuildStore.OpenOrSkip();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_build_for_a_foreign_system_runs_its_programs_after_the_emulator_was_built()
    {
        ForeignPrograms.SkipUnlessKernelRegisters();
        var qemu = ForeignPrograms.FindQemu(System);
        var requirement = _store.Add("emulator", "echo > $out");
        var greeting = ForeignPrograms.Greeting(System, "foreign\n");
        var program = _store.Store.AddTree(
            new TreeToAdd(
                "program",
                target =>
                {
                    target.BeginFile(isExecutable: true, greeting.Length);
                    target.FileContents(greeting);
                    target.EndFile();
                }
            )
        );
        var derivation = _store.Add(
            "foreign",
            "$program > $out",
            plain =>
                BuildStore.With(("program", _store.Store.Directory.Format(program)))(plain) with
                {
                    System = System,
                    InputSources = [program],
                }
        );

        var builder = new LocalBuilder(
            new BuilderParts(_store.Store, _store.Settings)
            {
                Emulators = new HostEmulators(new DerivedPath.Built(requirement, null), qemu),
                Events = _store.Events,
            }
        );
        var result = builder
            .Build(
                [new DerivedPath.Built(derivation, null)],
                BuildMode.Normal,
                TestContext.Current.CancellationToken
            )
            .Single();

        Assert.True(result.IsSuccess, result.Message);
        Assert.Equal("foreign\n", _store.OutputText(derivation));
        Assert.Equal(["emulator", "foreign"], _store.Events.Started);
    }

    private sealed class HostEmulators(DerivedPath requirement, string qemu) : IEmulatorProvider
    {
        public bool CanEmulate(string system) => system == System;

        public DerivedPath? Requirement(string system) => requirement;

        public PreparedEmulator Prepare(string system) =>
            new("qemu", new Emulators(Machine.Current).Register(system, qemu));
    }
}
