using Ferry.Emulation.Elf;

namespace Ferry.Emulation.Architectures;

/// <summary>A kind of machine whose Linux programs QEMU's user mode can run.</summary>
/// <param name="QemuName">As in <c>qemu-NAME</c>; unique.</param>
/// <param name="Machine">e_machine of its programs.</param>
/// <param name="Class">Width of its addresses.</param>
/// <param name="Endianness">Its byte order.</param>
/// <param name="Systems">Nix systems that are this machine; empty where Nix has no name for it.</param>
public sealed record Architecture(
    string QemuName,
    ElfMachine Machine,
    ElfClass Class,
    ElfEndianness Endianness,
    params IReadOnlyList<string> Systems
)
{
    /// <summary>The bits of e_flags that tell it from others with the same header; 0: flags do not matter.</summary>
    public uint FlagsMask { get; init; }

    /// <summary>Value of e_flags under <see cref="FlagsMask"/>.</summary>
    public uint Flags { get; init; }

    /// <summary>True when a program with this header is for this machine.</summary>
    public bool Matches(ElfHeader header) =>
        header.Machine == Machine
        && header.Class == Class
        && header.Endianness == Endianness
        && (header.Flags & FlagsMask) == Flags;
}
