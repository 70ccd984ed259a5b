using System.Buffers.Binary;

namespace Ferry.Debian.Elf;

/// <summary>One entry of the program header table, widths and byte order taken away.</summary>
internal readonly record struct ProgramHeader(
    uint Type,
    uint Flags,
    ulong Offset,
    ulong VirtualAddress,
    ulong PhysicalAddress,
    ulong FileSize,
    ulong MemorySize,
    ulong Alignment
);

/// <summary>One entry of the dynamic section.</summary>
internal readonly record struct DynamicEntry(ulong Tag, ulong Value);

/// <summary>Reads and writes the headers of an ELF file in memory, for both classes and both byte orders.</summary>
/// <remarks>Source: System V gABI, chapters 4 and 5. Borrows the array it is given and changes it in place.</remarks>
internal sealed class ElfImage
{
    public const uint TypeLoad = 1;
    public const uint TypeDynamic = 2;
    public const uint TypeInterpreter = 3;
    public const uint TypeNote = 4;

    private const int IdentificationLength = 16;

    private readonly byte[] _bytes;

    private ElfImage(byte[] bytes, ElfMachine machine) => (_bytes, Machine) = (bytes, machine);

    public ElfMachine Machine { get; }

    /// <summary>Linked: a program or a shared library, as against an object file or a core.</summary>
    public bool IsExecutableOrShared => ReadHalf(16) is 2 or 3;

    public int ProgramHeaderCount => ReadHalf(Machine.Is64Bit ? 56 : 44);

    private ulong ProgramHeaderOffset => ReadWord(Machine.Is64Bit ? 32 : 28);

    private int ProgramHeaderSize => Machine.Is64Bit ? 56 : 32;

    private int WordSize => Machine.Is64Bit ? 8 : 4;

    private int DynamicEntrySize => 2 * WordSize;

    /// <returns>Null when the bytes do not begin as an ELF file of a known class and byte order does.</returns>
    public static ElfImage? TryOpen(byte[] bytes)
    {
        if (bytes.Length < 52 || !bytes.AsSpan(0, 4).SequenceEqual("\u007fELF"u8))
            return null;
        if (bytes[4] is not (1 or 2) || bytes[5] is not (1 or 2))
            return null;
        var (is64Bit, isBigEndian) = (bytes[4] == 2, bytes[5] == 2);
        if (is64Bit && bytes.Length < 64)
            return null;
        var number = bytes.AsSpan(IdentificationLength + 2, 2);
        return new(
            bytes,
            new(
                isBigEndian
                    ? BinaryPrimitives.ReadUInt16BigEndian(number)
                    : BinaryPrimitives.ReadUInt16LittleEndian(number),
                is64Bit,
                isBigEndian
            )
        );
    }

    /// <exception cref="DebianException">The table lies outside the file.</exception>
    public ProgramHeader[] ReadProgramHeaders()
    {
        var headers = new ProgramHeader[ProgramHeaderCount];
        for (var index = 0; index < headers.Length; index++)
            headers[index] = ReadProgramHeader(PlaceOfHeader(index));
        return headers;
    }

    public void WriteProgramHeaders(ReadOnlySpan<ProgramHeader> headers)
    {
        for (var index = 0; index < headers.Length; index++)
            WriteProgramHeader(PlaceOfHeader(index), headers[index]);
    }

    /// <summary>Every entry of the dynamic section, the spare ones after the first null included.</summary>
    /// <exception cref="DebianException">The section lies outside the file.</exception>
    public DynamicEntry[] ReadDynamic(ProgramHeader dynamic)
    {
        var start = Place(dynamic.Offset, dynamic.FileSize);
        var entries = new DynamicEntry[dynamic.FileSize / (ulong)DynamicEntrySize];
        for (var index = 0; index < entries.Length; index++)
        {
            var place = start + (index * DynamicEntrySize);
            entries[index] = new(ReadWord(place), ReadWord(place + WordSize));
        }

        return entries;
    }

    public void WriteDynamic(ProgramHeader dynamic, int index, DynamicEntry entry)
    {
        var place = Place(dynamic.Offset, dynamic.FileSize) + (index * DynamicEntrySize);
        WriteWord(place, entry.Tag);
        WriteWord(place + WordSize, entry.Value);
    }

    /// <summary>The file's bytes that are loaded at an address, to the end of their segment.</summary>
    /// <exception cref="DebianException">The file loads nothing there.</exception>
    public ReadOnlySpan<byte> Loaded(ProgramHeader[] headers, ulong address)
    {
        foreach (var header in headers)
        {
            if (
                header.Type != TypeLoad
                || address < header.VirtualAddress
                || address - header.VirtualAddress >= header.FileSize
            )
                continue;
            var skip = address - header.VirtualAddress;
            var length = header.FileSize - skip;
            return _bytes.AsSpan(Place(header.Offset + skip, length), (int)length);
        }

        throw new DebianException($"the ELF file loads nothing at address 0x{address:x}");
    }

    /// <summary>
    /// Says in the section table, if there is one, that a section has moved. Linkers read it, loaders do not.
    /// </summary>
    /// <param name="oldAddress">By which the section is found.</param>
    /// <param name="segment">Its new address, offset and size.</param>
    /// <exception cref="DebianException">The table lies outside the file.</exception>
    public void MoveSection(ulong oldAddress, ProgramHeader segment)
    {
        var table = ReadWord(Machine.Is64Bit ? 40 : 32);
        var size = (ulong)(Machine.Is64Bit ? 64 : 40);
        var count = table == 0 ? 0UL : ReadHalf(Machine.Is64Bit ? 60 : 48);
        for (var index = 0UL; index < count; index++)
        {
            // sh_name and sh_type are four bytes each, sh_flags a word; then address, offset and size.
            var address = Place(table + (index * size), size) + 8 + WordSize;
            if (ReadWord(address) != oldAddress)
                continue;
            WriteWord(address, segment.VirtualAddress);
            WriteWord(address + WordSize, segment.Offset);
            WriteWord(address + (2 * WordSize), segment.FileSize);
            return;
        }
    }

    private int PlaceOfHeader(int index) =>
        Place(
            ProgramHeaderOffset + ((ulong)index * (ulong)ProgramHeaderSize),
            (ulong)ProgramHeaderSize
        );

    private int Place(ulong offset, ulong length)
    {
        if (offset > (ulong)_bytes.Length || length > (ulong)_bytes.Length - offset)
            throw new DebianException(
                $"the ELF file ends before offset 0x{offset:x} + {length} bytes"
            );
        return (int)offset;
    }

    // The 32-bit form keeps p_flags near the end of the entry, the 64-bit form second.
    private ProgramHeader ReadProgramHeader(int place) =>
        Machine.Is64Bit
            ? new(
                ReadUInt32(place),
                ReadUInt32(place + 4),
                ReadWord(place + 8),
                ReadWord(place + 16),
                ReadWord(place + 24),
                ReadWord(place + 32),
                ReadWord(place + 40),
                ReadWord(place + 48)
            )
            : new(
                ReadUInt32(place),
                ReadUInt32(place + 24),
                ReadWord(place + 4),
                ReadWord(place + 8),
                ReadWord(place + 12),
                ReadWord(place + 16),
                ReadWord(place + 20),
                ReadWord(place + 28)
            );

    private void WriteProgramHeader(int place, ProgramHeader header)
    {
        WriteUInt32(place, header.Type);
        WriteUInt32(place + (Machine.Is64Bit ? 4 : 24), header.Flags);
        ReadOnlySpan<ulong> words =
        [
            header.Offset,
            header.VirtualAddress,
            header.PhysicalAddress,
            header.FileSize,
            header.MemorySize,
        ];
        var first = place + (Machine.Is64Bit ? 8 : 4);
        for (var index = 0; index < words.Length; index++)
            WriteWord(first + (index * WordSize), words[index]);
        WriteWord(place + (Machine.Is64Bit ? 48 : 28), header.Alignment);
    }

    private ushort ReadHalf(int place)
    {
        var bytes = _bytes.AsSpan(place, 2);
        return Machine.IsBigEndian
            ? BinaryPrimitives.ReadUInt16BigEndian(bytes)
            : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    private uint ReadUInt32(int place)
    {
        var bytes = _bytes.AsSpan(place, 4);
        return Machine.IsBigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private ulong ReadWord(int place)
    {
        if (!Machine.Is64Bit)
            return ReadUInt32(place);
        var bytes = _bytes.AsSpan(place, 8);
        return Machine.IsBigEndian
            ? BinaryPrimitives.ReadUInt64BigEndian(bytes)
            : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private void WriteUInt32(int place, uint value)
    {
        var bytes = _bytes.AsSpan(place, 4);
        if (Machine.IsBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
    }

    private void WriteWord(int place, ulong value)
    {
        if (!Machine.Is64Bit)
        {
            WriteUInt32(
                place,
                value <= uint.MaxValue
                    ? (uint)value
                    : throw new DebianException($"0x{value:x} does not fit into a 32-bit ELF file")
            );
            return;
        }

        var bytes = _bytes.AsSpan(place, 8);
        if (Machine.IsBigEndian)
            BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
    }
}
