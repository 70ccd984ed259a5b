namespace Ferry.Emulation.Elf;

/// <summary>e_machine values of the machines that QEMU knows. Source: the ELF specification's registry, and linux/elf-em.h.</summary>
public enum ElfMachine : ushort
{
    Sparc = 2,
    I386 = 3,
    M68k = 4,
    Mips = 8,
    Hppa = 15,
    Sparc32Plus = 18,
    PowerPc = 20,
    PowerPc64 = 21,
    S390 = 22,
    Arm = 40,
    SuperH = 42,
    Sparc64 = 43,
    X64 = 62,
    Cris = 76,
    OpenRisc = 92,
    Xtensa = 94,
    Nios2 = 113,
    Hexagon = 164,
    AArch64 = 183,
    Microblaze = 189,
    RiscV = 243,
    LoongArch = 258,
    Alpha = 0x9026,
}
