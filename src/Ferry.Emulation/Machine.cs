using System.ComponentModel;
using System.Runtime.InteropServices;
using Ferry.Emulation.Elf;
using Ferry.Emulation.Registrations;
using Ferry.Platform.Processes;

namespace Ferry.Emulation;

/// <summary>What matters of the machine this runs on; made by hand in tests.</summary>
public sealed class Machine
{
    /// <summary>The Nix system of this machine, such as <c>x86_64-linux</c>.</summary>
    public required string System { get; init; }

    /// <summary>32-bit systems whose programs the processor runs as well.</summary>
    public required IReadOnlyList<string> NarrowSystems { get; init; }

    public required Version Kernel { get; init; }

    /// <summary>Reads the host's registrations anew at each call.</summary>
    public required Func<IReadOnlyList<HostRegistration>> HostRegistrations { get; init; }

    /// <summary>This machine. Finding it out runs a program of 90 bytes, once.</summary>
    public static Machine Current => s_current.Value;

    private static readonly Lazy<Machine> s_current = new(Examine);

    private static Machine Examine()
    {
        var (system, narrow) = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => ("x86_64-linux", NarrowProgram.I386),
            Architecture.Arm64 => ("aarch64-linux", NarrowProgram.Arm),
            Architecture.RiscV64 => ("riscv64-linux", null),
            Architecture.LoongArch64 => ("loongarch64-linux", null),
            Architecture.Ppc64le => ("powerpc64le-linux", null),
            Architecture.S390x => ("s390x-linux", (NarrowProgram?)null),
            var other => throw new PlatformNotSupportedException(
                $"this processor is not known: {other}"
            ),
        };
        return new Machine
        {
            System = system,
            NarrowSystems = narrow is not null && narrow.Runs() ? narrow.Systems : [],
            // 6.18.44-fc-v669: the first two numbers decide, the rest may be anything.
            Kernel = Environment.OSVersion.Version,
            HostRegistrations = () => HostRegistration.ReadAll(),
        };
    }
}

/// <summary>A program of the processor's 32-bit mode that does nothing but end well.</summary>
/// <remarks>Asking is surer than reading flags: the mode may be missing in the processor, or switched off in the kernel.</remarks>
internal sealed record NarrowProgram(
    IReadOnlyList<string> Systems,
    ElfMachine Machine,
    uint Flags,
    byte[] Code
)
{
    public static NarrowProgram I386 { get; } =
        new(
            ["i686-linux", "i586-linux", "i486-linux", "i386-linux"],
            ElfMachine.I386,
            0,
            // xor ebx, ebx; xor eax, eax; inc eax; int 0x80: exit(0)
            [0x31, 0xdb, 0x31, 0xc0, 0x40, 0xcd, 0x80, 0x90]
        );

    public static NarrowProgram Arm { get; } =
        new(
            ["armv7l-linux", "armv7a-linux", "armv6l-linux", "armv5tel-linux"],
            ElfMachine.Arm,
            0x0500_0000, // EF_ARM_EABI_VER5
            // mov r0, #0; mov r7, #1; svc 0: exit(0)
            [0x00, 0x00, 0xa0, 0xe3, 0x01, 0x70, 0xa0, 0xe3, 0x00, 0x00, 0x00, 0xef]
        );

    public bool Runs()
    {
        try
        {
            using var program = MemoryProgram.Create(TinyElf.Narrow(Machine, Flags, Code));
            using var child = ChildProcess.Start(
                new ProcessSpecification { Program = program.Path }
            );
            return child.Wait().IsSuccess;
        }
        catch (Win32Exception)
        {
            // ENOEXEC: the kernel does not know what to do with it.
            return false;
        }
    }
}
