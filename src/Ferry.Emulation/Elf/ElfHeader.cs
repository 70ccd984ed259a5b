namespace Ferry.Emulation.Elf;

public enum ElfClass : byte
{
    Bits32 = 1,
    Bits64 = 2,
}

public enum ElfEndianness : byte
{
    Little = 1,
    Big = 2,
}

public enum ElfKind : ushort
{
    Relocatable = 1,
    Executable = 2,

    /// <summary>A shared object, or a position-independent executable.</summary>
    Shared = 3,
    Core = 4,
}

/// <summary>What an ELF file says of the machine that it is for.</summary>
/// <param name="Class">Width of its addresses.</param>
/// <param name="Endianness">Byte order.</param>
/// <param name="Kind">Program, library, or something that cannot be executed.</param>
/// <param name="Machine">e_machine.</param>
/// <param name="Flags">e_flags; their meaning depends on the machine.</param>
/// <param name="Interpreter">The dynamic loader that it asks for; null when it needs none.</param>
/// <param name="IsDynamic">It has a dynamic section: it uses libraries, or is a static position-independent executable.</param>
public sealed record ElfHeader(
    ElfClass Class,
    ElfEndianness Endianness,
    ElfKind Kind,
    ElfMachine Machine,
    uint Flags,
    string? Interpreter,
    bool IsDynamic
)
{
    /// <summary>The kernel starts it without a dynamic loader.</summary>
    public bool IsStatic => Interpreter is null;

    public bool IsExecutable => Kind is ElfKind.Executable or ElfKind.Shared;
}
