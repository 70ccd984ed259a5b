using Ferry.Emulation.Elf;
using static Ferry.Emulation.Elf.ElfClass;
using static Ferry.Emulation.Elf.ElfEndianness;

namespace Ferry.Emulation.Architectures;

/// <summary>All machines of QEMU's user mode (Linux), one row each.</summary>
/// <remarks>Source: the ELF specification for the numbers; QEMU's documentation, "User Mode Emulation", for the list.</remarks>
public static class ArchitectureTable
{
    // EF_MIPS_ABI2: 64-bit registers with 32-bit addresses ("n32").
    private const uint MipsNewAbi = 0x20;

    public static IReadOnlyList<Architecture> All { get; } =
    [
        new("aarch64", ElfMachine.AArch64, Bits64, Little, "aarch64-linux"),
        new("aarch64_be", ElfMachine.AArch64, Bits64, Big, "aarch64_be-linux"),
        new("alpha", ElfMachine.Alpha, Bits64, Little, "alpha-linux"),
        new(
            "arm",
            ElfMachine.Arm,
            Bits32,
            Little,
            "armv7l-linux",
            "armv7a-linux",
            "armv6l-linux",
            "armv5tel-linux",
            "arm-linux"
        ),
        new("armeb", ElfMachine.Arm, Bits32, Big),
        new("cris", ElfMachine.Cris, Bits32, Little),
        new("hexagon", ElfMachine.Hexagon, Bits32, Little),
        new("hppa", ElfMachine.Hppa, Bits32, Big),
        new(
            "i386",
            ElfMachine.I386,
            Bits32,
            Little,
            "i686-linux",
            "i586-linux",
            "i486-linux",
            "i386-linux"
        ),
        new("loongarch64", ElfMachine.LoongArch, Bits64, Little, "loongarch64-linux"),
        new("m68k", ElfMachine.M68k, Bits32, Big, "m68k-linux"),
        new("microblaze", ElfMachine.Microblaze, Bits32, Big, "microblaze-linux"),
        new("microblazeel", ElfMachine.Microblaze, Bits32, Little, "microblazeel-linux"),
        new("mips", ElfMachine.Mips, Bits32, Big, "mips-linux") { FlagsMask = MipsNewAbi },
        new("mipsel", ElfMachine.Mips, Bits32, Little, "mipsel-linux") { FlagsMask = MipsNewAbi },
        new("mips64", ElfMachine.Mips, Bits64, Big, "mips64-linux"),
        new("mips64el", ElfMachine.Mips, Bits64, Little, "mips64el-linux"),
        // Nix calls these systems mips64-linux too: the calling convention is no part of a system's name.
        new("mipsn32", ElfMachine.Mips, Bits32, Big)
        {
            FlagsMask = MipsNewAbi,
            Flags = MipsNewAbi,
        },
        new("mipsn32el", ElfMachine.Mips, Bits32, Little)
        {
            FlagsMask = MipsNewAbi,
            Flags = MipsNewAbi,
        },
        new("nios2", ElfMachine.Nios2, Bits32, Little, "nios2-linux"),
        new("or1k", ElfMachine.OpenRisc, Bits32, Big, "or1k-linux"),
        new("ppc", ElfMachine.PowerPc, Bits32, Big, "powerpc-linux"),
        new("ppc64", ElfMachine.PowerPc64, Bits64, Big, "powerpc64-linux"),
        new("ppc64le", ElfMachine.PowerPc64, Bits64, Little, "powerpc64le-linux"),
        new("riscv32", ElfMachine.RiscV, Bits32, Little, "riscv32-linux"),
        new("riscv64", ElfMachine.RiscV, Bits64, Little, "riscv64-linux"),
        new("s390x", ElfMachine.S390, Bits64, Big, "s390x-linux"),
        new("sh4", ElfMachine.SuperH, Bits32, Little, "sh4-linux"),
        new("sh4eb", ElfMachine.SuperH, Bits32, Big),
        new("sparc", ElfMachine.Sparc, Bits32, Big, "sparc-linux"),
        new("sparc32plus", ElfMachine.Sparc32Plus, Bits32, Big),
        new("sparc64", ElfMachine.Sparc64, Bits64, Big, "sparc64-linux"),
        new("x86_64", ElfMachine.X64, Bits64, Little, "x86_64-linux"),
        new("xtensa", ElfMachine.Xtensa, Bits32, Little),
        new("xtensaeb", ElfMachine.Xtensa, Bits32, Big),
    ];

    private static readonly Dictionary<string, Architecture> s_bySystem = All.SelectMany(
            architecture => architecture.Systems.Select(system => (system, architecture))
        )
        .ToDictionary(pair => pair.system, pair => pair.architecture, StringComparer.Ordinal);

    /// <param name="system">A Nix system such as <c>riscv64-linux</c>.</param>
    /// <returns>Null when QEMU has no user mode for it.</returns>
    public static Architecture? FindBySystem(string system) => s_bySystem.GetValueOrDefault(system);

    /// <param name="name">As in <c>qemu-NAME</c>.</param>
    /// <returns>Null when there is none of that name.</returns>
    public static Architecture? FindByQemuName(string name) =>
        All.FirstOrDefault(architecture => architecture.QemuName == name);

    /// <returns>Null when no row fits the program.</returns>
    public static Architecture? FindByProgram(ElfHeader header) =>
        All.FirstOrDefault(architecture => architecture.Matches(header));
}
