using Ferry.Emulation;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Building;

namespace Ferry.Build.Sandbox;

/// <summary>Where the emulator of a system comes from.</summary>
/// <param name="Derivation">Makes it; native to this machine.</param>
/// <param name="OutputName">The output it lies in.</param>
/// <param name="Program">Its path within the output: <c>bin/qemu-riscv64</c>. A static program.</param>
public sealed record EmulatorPackage(StorePath Derivation, ByteString OutputName, string Program);

/// <summary>Emulators that are built like anything else, by derivations of the package set.</summary>
/// <param name="emulators">Knows the kernel and the programs.</param>
/// <param name="store">Where they are built.</param>
/// <param name="findPackage">Gives the derivation of a system's emulator, instantiated; null where the set has none.</param>
public sealed class StoreEmulators(
    Emulators emulators,
    IStore store,
    Func<string, EmulatorPackage?> findPackage
) : IEmulatorProvider
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, EmulatorPackage?> _packages = [];

    public bool CanEmulate(string system) =>
        emulators.Support(system) == Emulation.SystemSupport.Emulated
        && (emulators.UsesHostRegistration(system) || Package(system) is not null);

    public DerivedPath? Requirement(string system) =>
        !emulators.UsesHostRegistration(system) && Package(system) is { } package
            ? new DerivedPath.Built(package.Derivation, [package.OutputName])
            : null;

    public PreparedEmulator Prepare(string system)
    {
        try
        {
            var name = $"qemu-{Emulators.QemuName(system)}";
            var program = Package(system) is { } package ? RealProgram(package) : "";
            return new PreparedEmulator(name, emulators.Register(system, program));
        }
        catch (EmulationException failure)
        {
            throw BuildException.Of(BuildStatus.InputRejected, failure.Message, failure);
        }
    }

    // Asking may mean to evaluate a part of the package set.
    private EmulatorPackage? Package(string system)
    {
        lock (_lock)
        {
            if (!_packages.TryGetValue(system, out var package))
                _packages[system] = package = findPackage(system);
            return package;
        }
    }

    private string RealProgram(EmulatorPackage package)
    {
        var output = store
            .ReadDerivation(package.Derivation)
            .OutputPath(store.Paths, package.OutputName);
        return Path.Combine(store.RealPath(output), package.Program);
    }
}
