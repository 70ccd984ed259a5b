using Ferry.Platform.Sandbox;

namespace Ferry.Build.Sandbox;

/// <summary>Gets the emulator that lets this machine build for a foreign system. Joined to the builder by the program.</summary>
/// <remarks>Any number of threads may use one.</remarks>
public interface IEmulatorProvider
{
    /// <summary>False: no emulator runs programs of this system here, whatever is done.</summary>
    bool CanEmulate(string system);

    /// <summary>Makes the emulator of a system ready, which may build or fetch it first.</summary>
    /// <param name="system">One that <see cref="CanEmulate"/> accepted.</param>
    /// <param name="cancellationToken">Stops the preparation.</param>
    /// <exception cref="BuildException">It could not be made ready; the message says why and what to do.</exception>
    PreparedEmulator Prepare(string system, CancellationToken cancellationToken);
}

/// <param name="Name">Shown beside the build: <c>qemu-riscv64</c>.</param>
/// <param name="Registrations">Go into the sandbox, and vanish with it.</param>
public sealed record PreparedEmulator(
    string Name,
    IReadOnlyList<EmulatorRegistration> Registrations
);
