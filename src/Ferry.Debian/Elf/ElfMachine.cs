namespace Ferry.Debian.Elf;

/// <summary>What the header of an ELF file says about the processor it is for.</summary>
/// <param name="Number"><c>e_machine</c>.</param>
/// <param name="Is64Bit">ELFCLASS64; otherwise ELFCLASS32.</param>
/// <param name="IsBigEndian">ELFDATA2MSB; otherwise ELFDATA2LSB.</param>
public readonly record struct ElfMachine(ushort Number, bool Is64Bit, bool IsBigEndian)
{
    // Numbers: the gABI's list of e_machine values and the processor supplements.
    private static readonly Dictionary<string, ElfMachine> s_byProcessor = new()
    {
        ["aarch64"] = new(183, true, false),
        ["alpha"] = new(0x9026, true, false),
        ["armv5tel"] = new(40, false, false),
        ["armv6l"] = new(40, false, false),
        ["armv7l"] = new(40, false, false),
        ["i686"] = new(3, false, false),
        ["loongarch64"] = new(258, true, false),
        ["m68k"] = new(4, false, true),
        ["mips"] = new(8, false, true),
        ["mips64"] = new(8, true, true),
        ["mips64el"] = new(8, true, false),
        ["mipsel"] = new(8, false, false),
        ["powerpc"] = new(20, false, true),
        ["powerpc64"] = new(21, true, true),
        ["powerpc64le"] = new(21, true, false),
        ["riscv32"] = new(243, false, false),
        ["riscv64"] = new(243, true, false),
        ["s390x"] = new(22, true, true),
        ["sparc64"] = new(43, true, true),
        ["x86_64"] = new(62, true, false),
    };

    /// <summary>The machine of a system such as <c>riscv64-linux</c>.</summary>
    /// <exception cref="DebianException">The processor is not known.</exception>
    public static ElfMachine OfSystem(string system)
    {
        var dash = system.IndexOf('-', StringComparison.Ordinal);
        var processor = dash < 0 ? system : system[..dash];
        return s_byProcessor.TryGetValue(processor, out var machine)
            ? machine
            : throw new DebianException($"the ELF machine of the system '{system}' is not known");
    }
}
