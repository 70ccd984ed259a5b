using System.Buffers.Binary;
using System.Text;
using Ferry.Platform;
using Ferry.Platform.Files;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Emulation.Elf;

/// <summary>Reads an ELF file's header and program headers, not the rest: some kilobytes of the largest file.</summary>
public static class ElfReader
{
    private const int SmallHeaderSizeBytes = 52;
    private const int LargeHeaderSizeBytes = 64;
    private const uint DynamicSegment = 2;
    private const uint InterpreterSegment = 3;

    // PATH_MAX; a longer one is not executed by the kernel either.
    private const int InterpreterLengthMax = 4096;

    // 65,535 program headers are possible, but no linker makes more than some dozens.
    private const int SegmentsMax = 4096;

    /// <returns>Null when the file is no ELF file, or a damaged one.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be opened; carries errno.</exception>
    public static ElfHeader? Read(NativePath path)
    {
        using var file = FileHandles.Open(path, FileOpening.Read);
        return Read(file);
    }

    /// <inheritdoc cref="Read(NativePath)"/>
    public static ElfHeader? Read(SafeFileHandle file)
    {
        Span<byte> start = stackalloc byte[LargeHeaderSizeBytes];
        start = start[..ReadAt(file, start, 0)];
        if (start.Length < SmallHeaderSizeBytes || !start.StartsWith("\u007fELF"u8))
            return null;
        var (elfClass, endianness) = ((ElfClass)start[4], (ElfEndianness)start[5]);
        if (!Enum.IsDefined(elfClass) || !Enum.IsDefined(endianness))
            return null;
        var isLarge = elfClass == ElfClass.Bits64;
        if (isLarge && start.Length < LargeHeaderSizeBytes)
            return null;

        var fields = new Fields(start, endianness == ElfEndianness.Big);
        var header = new ElfHeader(
            elfClass,
            endianness,
            (ElfKind)fields.Half(16),
            (ElfMachine)fields.Half(18),
            fields.Word(isLarge ? 48 : 36),
            Interpreter: null,
            IsDynamic: false
        );
        return AddSegments(
            file,
            header,
            isLarge ? fields.Long(32) : fields.Word(28),
            fields.Half(isLarge ? 54 : 42),
            fields.Half(isLarge ? 56 : 44)
        );
    }

    private static ElfHeader? AddSegments(
        SafeFileHandle file,
        ElfHeader header,
        ulong offset,
        int size,
        int count
    )
    {
        var isLarge = header.Class == ElfClass.Bits64;
        if (count == 0)
            return header;
        if (size < (isLarge ? 56 : 32) || count > SegmentsMax || offset > long.MaxValue)
            return null;
        var table = new byte[size * count];
        if (ReadAt(file, table, (long)offset) != table.Length)
            return null;

        for (var index = 0; index < count; index++)
        {
            var fields = new Fields(
                table.AsSpan(index * size, size),
                header.Endianness == ElfEndianness.Big
            );
            var kind = fields.Word(0);
            if (kind == DynamicSegment)
                header = header with { IsDynamic = true };
            if (kind != InterpreterSegment)
                continue;
            var interpreter = ReadInterpreter(
                file,
                isLarge ? fields.Long(8) : fields.Word(4),
                isLarge ? fields.Long(32) : fields.Word(16)
            );
            if (interpreter is null)
                return null;
            header = header with { Interpreter = interpreter };
        }
        return header;
    }

    private static string? ReadInterpreter(SafeFileHandle file, ulong offset, ulong length)
    {
        if (length is 0 or > InterpreterLengthMax || offset > long.MaxValue)
            return null;
        var text = new byte[length];
        if (ReadAt(file, text, (long)offset) != text.Length)
            return null;
        var end = Array.IndexOf(text, (byte)0);
        return Encoding.UTF8.GetString(text, 0, end < 0 ? text.Length : end);
    }

    private static int ReadAt(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var count = RandomAccess.Read(file, buffer[total..], offset + total);
            if (count == 0)
                break;
            total += count;
        }
        return total;
    }

    private readonly ref struct Fields(ReadOnlySpan<byte> bytes, bool isBig)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public ushort Half(int offset) =>
            isBig
                ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[offset..])
                : BinaryPrimitives.ReadUInt16LittleEndian(_bytes[offset..]);

        public uint Word(int offset) =>
            isBig
                ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[offset..])
                : BinaryPrimitives.ReadUInt32LittleEndian(_bytes[offset..]);

        public ulong Long(int offset) =>
            isBig
                ? BinaryPrimitives.ReadUInt64BigEndian(_bytes[offset..])
                : BinaryPrimitives.ReadUInt64LittleEndian(_bytes[offset..]);
    }
}
