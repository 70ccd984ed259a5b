using System.Buffers.Binary;

namespace Ferry.Emulation.Elf;

/// <summary>Makes the smallest ELF programs there are: a header, one segment, some instructions.</summary>
/// <remarks>They ask the kernel, or an emulator, whether programs of a machine run.</remarks>
public static class TinyElf
{
    private const uint NarrowBase = 0x10_000;
    private const ulong WideBase = 0x10_000;
    private const int NarrowHeaders = 52 + 32;
    private const int WideHeaders = 64 + 56;
    private const uint LoadSegment = 1;
    private const uint ReadAndExecute = 5;

    /// <summary>A 32-bit little-endian program.</summary>
    public static byte[] Narrow(ElfMachine machine, uint flags, ReadOnlySpan<byte> code)
    {
        var file = new byte[NarrowHeaders + code.Length];
        WriteIdentity(file, ElfClass.Bits32, machine);
        Span<uint> header =
        [
            1,
            NarrowBase + NarrowHeaders, // e_entry
            52, // e_phoff
            0,
            flags,
        ];
        WriteAll(file.AsSpan(20), header);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(40), 52); // e_ehsize
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(42), 32); // e_phentsize
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(44), 1); // e_phnum
        var size = (uint)file.Length;
        Span<uint> segment =
        [
            LoadSegment,
            0,
            NarrowBase,
            NarrowBase,
            size,
            size,
            ReadAndExecute,
            0x1000,
        ];
        WriteAll(file.AsSpan(52), segment);
        code.CopyTo(file.AsSpan(NarrowHeaders));
        return file;
    }

    /// <summary>A 64-bit little-endian program.</summary>
    public static byte[] Wide(ElfMachine machine, uint flags, ReadOnlySpan<byte> code)
    {
        var file = new byte[WideHeaders + code.Length];
        WriteIdentity(file, ElfClass.Bits64, machine);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(24), WideBase + WideHeaders); // e_entry
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(32), 64); // e_phoff
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(48), flags);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(52), 64); // e_ehsize
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(54), 56); // e_phentsize
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(56), 1); // e_phnum
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(64), LoadSegment);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(68), ReadAndExecute);
        Span<ulong> segment =
        [
            0,
            WideBase,
            WideBase,
            (ulong)file.Length,
            (ulong)file.Length,
            0x1000,
        ];
        for (var index = 0; index < segment.Length; index++)
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(72 + index * 8), segment[index]);
        code.CopyTo(file.AsSpan(WideHeaders));
        return file;
    }

    private static void WriteIdentity(Span<byte> file, ElfClass elfClass, ElfMachine machine)
    {
        "\u007fELF"u8.CopyTo(file);
        file[4] = (byte)elfClass;
        file[5] = (byte)ElfEndianness.Little;
        file[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(file[16..], (ushort)ElfKind.Executable);
        BinaryPrimitives.WriteUInt16LittleEndian(file[18..], (ushort)machine);
    }

    private static void WriteAll(Span<byte> at, ReadOnlySpan<uint> values)
    {
        for (var index = 0; index < values.Length; index++)
            BinaryPrimitives.WriteUInt32LittleEndian(at[(index * 4)..], values[index]);
    }
}
