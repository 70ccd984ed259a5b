using Ferry.Emulation.Architectures;
using Ferry.Emulation.Registrations;
using Ferry.Platform.Sandbox;

namespace Ferry.Emulation;

public enum SystemSupport
{
    /// <summary>The processor runs its programs.</summary>
    Native,

    /// <summary>The processor runs its programs in a 32-bit mode; builds see the 32-bit machine (PER_LINUX32).</summary>
    Native32,

    /// <summary>QEMU runs its programs.</summary>
    Emulated,

    /// <summary>Nothing here runs its programs: not Linux, or a machine QEMU does not know.</summary>
    None,
}

/// <summary>Which systems' programs this machine runs, and how. Any number of threads may use one.</summary>
public sealed class Emulators(Machine machine)
{
    private static readonly Version s_ownRegistrations = new(6, 7);

    public Machine Machine => machine;

    public SystemSupport Support(string system)
    {
        if (system == machine.System)
            return SystemSupport.Native;
        if (machine.NarrowSystems.Contains(system))
            return SystemSupport.Native32;
        return ArchitectureTable.FindBySystem(system) is null
            ? SystemSupport.None
            : SystemSupport.Emulated;
    }

    /// <summary>As in <c>qemu-NAME</c>.</summary>
    /// <exception cref="EmulationException">QEMU has no user mode for the system.</exception>
    public static string QemuName(string system) => Find(system).QemuName;

    /// <summary>True when a registration of the host does the work, so that no emulator need be provided.</summary>
    /// <remarks>Only where the kernel allows no registrations of a sandbox's own: these leave nothing to chance.</remarks>
    public bool UsesHostRegistration(string system) =>
        machine.Kernel < s_ownRegistrations && FindHostRegistration(Find(system)) is not null;

    /// <summary>What a sandbox needs to run a system's programs.</summary>
    /// <param name="system">One whose <see cref="Support"/> is <see cref="SystemSupport.Emulated"/>.</param>
    /// <param name="hostInterpreter">The static QEMU program for it, on the host.</param>
    /// <returns>Nothing when the host's own registration does it.</returns>
    /// <exception cref="EmulationException">The kernel is too old, and the host has no registration either.</exception>
    public IReadOnlyList<EmulatorRegistration> Register(string system, string hostInterpreter)
    {
        var architecture = Find(system);
        if (machine.Kernel >= s_ownRegistrations)
            return [Registration(architecture, hostInterpreter)];
        return FindHostRegistration(architecture) is not null
            ? []
            : throw EmulationException.KernelTooOld(
                system,
                $"qemu-{architecture.QemuName}",
                machine.Kernel
            );
    }

    /// <summary>A rule for one architecture's programs, with the flags F and P.</summary>
    public static EmulatorRegistration Registration(
        Architecture architecture,
        string hostInterpreter
    )
    {
        var pattern = ProgramPattern.Of(architecture);
        return new($"qemu-{architecture.QemuName}", pattern.Magic, pattern.Mask, hostInterpreter);
    }

    private HostRegistration? FindHostRegistration(Architecture architecture)
    {
        var pattern = ProgramPattern.Of(architecture);
        return machine
            .HostRegistrations()
            .FirstOrDefault(entry => entry.WorksInSandbox && entry.Covers(pattern));
    }

    private static Architecture Find(string system) =>
        ArchitectureTable.FindBySystem(system) ?? throw EmulationException.NoEmulator(system);
}
