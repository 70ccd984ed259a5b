using Ferry.Platform.Sandbox;
using Ferry.Store.Building;

namespace Ferry.Build.Sandbox;

/// <summary>Gets the emulator that lets this machine build for a foreign system. Joined to the builder by the program.</summary>
/// <remarks>Any number of threads may use one.</remarks>
public interface IEmulatorProvider
{
    /// <summary>False: no emulator runs programs of this system here, whatever is done.</summary>
    bool CanEmulate(string system);

    /// <summary>What must be valid before <see cref="Prepare"/>; becomes an input of the plan, not of the builds.</summary>
    /// <param name="system">One that <see cref="CanEmulate"/> accepted.</param>
    /// <returns>Null when the emulator is there without a build, as one of the host's is.</returns>
    DerivedPath? Requirement(string system);

    /// <summary>What must be valid for <see cref="PreparedEmulator.SandboxShell"/>, in the same way.</summary>
    DerivedPath? ShellRequirement(string system) => null;

    /// <summary>Makes the registration of a system's emulator.</summary>
    /// <param name="system">One whose <see cref="Requirement"/> is valid by now.</param>
    /// <exception cref="BuildException">The kernel is too old, or the emulator is not there; the message says what to do.</exception>
    PreparedEmulator Prepare(string system);
}

/// <param name="Name">Shown beside the build: <c>qemu-riscv64</c>.</param>
/// <param name="Registrations">Go into the sandbox, and vanish with it.</param>
public sealed record PreparedEmulator(
    string Name,
    IReadOnlyList<EmulatorRegistration> Registrations
)
{
    /// <summary>
    /// A static shell of the foreign system on this machine, that builds see as /bin/sh, as they would on a machine of that
    /// system. Null gives them this machine's, whose <c>uname</c> would tell.
    /// </summary>
    public string? SandboxShell { get; init; }
}
