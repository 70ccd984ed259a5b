using System.Text;

namespace Ferry.Debian.Elf;

/// <summary>How a file came through <see cref="ElfRelocator"/>.</summary>
public enum ElfRelocation
{
    /// <summary>Interpreter or run path, or both, now name the given paths.</summary>
    Relocated,

    /// <summary>
    /// Nothing to change: another machine, an object file, a static program, a library that needs no other.
    /// </summary>
    NotNeeded,

    /// <summary>The C library or the loader: they must stay as they are.</summary>
    LeftAlone,
}

/// <summary>Gives a linked ELF file another interpreter and run path without moving anything in it.</summary>
/// <remarks>
/// Rewriting tools that shift segments break programs at fixed addresses (GCC's cc1). Here a copy of the string table
/// of the dynamic section, with the new strings added, goes behind the end of the file; a note's program header
/// becomes the segment that loads it; a spare null entry of the dynamic section becomes DT_RUNPATH. The table is copied
/// whole because linkers refuse a library whose run path lies outside of it.
/// </remarks>
public static class ElfRelocator
{
    private const ulong TagNull = 0;
    private const ulong TagNeeded = 1;
    private const ulong TagStringTable = 5;
    private const ulong TagStringTableSize = 10;
    private const ulong TagSharedName = 14;
    private const ulong TagRPath = 15;
    private const ulong TagRunPath = 29;

    // PT_RISCV_ATTRIBUTES: for tools only, as notes are.
    private const uint TypeRiscVAttributes = 0x7000_0003;

    private const uint FlagRead = 4;
    private const ulong PageSizeMin = 0x1000;

    // Far beyond every real file, and small enough that sums cannot overflow.
    private const ulong AlignmentMax = 1UL << 40;
    private const ulong AddressMax = 1UL << 62;

    /// <param name="file">The whole file; left unchanged.</param>
    /// <param name="machine">Only files of this machine are relocated.</param>
    /// <param name="interpreter">The new <c>PT_INTERP</c>, for files that have one.</param>
    /// <param name="runPath">The new <c>DT_RUNPATH</c>, directories separated by colons.</param>
    /// <param name="relocated">The new file; <paramref name="file"/> itself when nothing was changed.</param>
    /// <exception cref="DebianException">The file is broken, or has no room for the change.</exception>
    public static ElfRelocation Relocate(
        byte[] file,
        ElfMachine machine,
        string interpreter,
        string runPath,
        out byte[] relocated
    )
    {
        relocated = file;
        var original = ElfImage.TryOpen(file);
        if (original is not { IsExecutableOrShared: true } || original.Machine != machine)
            return ElfRelocation.NotNeeded;

        var headers = original.ReadProgramHeaders();
        var dynamicIndex = IndexOf(headers, ElfImage.TypeDynamic);
        var interpreterIndex = IndexOf(headers, ElfImage.TypeInterpreter);
        if (dynamicIndex < 0)
            return ElfRelocation.NotNeeded;

        var entries = original.ReadDynamic(headers[dynamicIndex]);
        if (IsCLibrary(original, headers, entries))
            return ElfRelocation.LeftAlone;
        if (interpreterIndex < 0 && !Array.Exists(entries, entry => entry.Tag == TagNeeded))
            return ElfRelocation.NotNeeded;

        var table = StringTable(original, headers, entries);
        var hasInterpreter = interpreterIndex >= 0;
        byte[] strings =
        [
            .. table,
            .. Encoding.UTF8.GetBytes(runPath + '\0'),
            .. Encoding.UTF8.GetBytes(hasInterpreter ? interpreter + '\0' : ""),
        ];
        var segment = PlaceSegment(headers, (ulong)file.Length, (ulong)strings.Length);
        relocated = new byte[segment.Offset + (ulong)strings.Length];
        file.CopyTo(relocated, 0);
        strings.CopyTo(relocated.AsSpan((int)segment.Offset));

        var image = ElfImage.TryOpen(relocated)!;
        image.MoveSection(Value(entries, TagStringTable), segment);
        SetDynamic(image, headers[dynamicIndex], entries, segment, (ulong)table.Length);
        if (hasInterpreter)
        {
            var length = (ulong)Encoding.UTF8.GetByteCount(interpreter) + 1;
            var moved = EndOf(segment, length);
            image.MoveSection(headers[interpreterIndex].VirtualAddress, moved);
            headers[interpreterIndex] = moved with
            {
                Type = ElfImage.TypeInterpreter,
                Alignment = 1,
            };
        }

        image.WriteProgramHeaders(ReplaceNote(headers, segment));
        return ElfRelocation.Relocated;
    }

    private static ReadOnlySpan<byte> StringTable(
        ElfImage image,
        ProgramHeader[] headers,
        DynamicEntry[] entries
    )
    {
        var loaded = image.Loaded(headers, Value(entries, TagStringTable));
        var size = Value(entries, TagStringTableSize);
        return size <= (ulong)loaded.Length
            ? loaded[..(int)size]
            : throw new DebianException("the string table of the dynamic section is cut off");
    }

    private static void SetDynamic(
        ElfImage image,
        ProgramHeader dynamic,
        DynamicEntry[] entries,
        ProgramHeader segment,
        ulong runPathOffset
    )
    {
        image.WriteDynamic(dynamic, PlaceOfRunPath(entries), new(TagRunPath, runPathOffset));
        image.WriteDynamic(
            dynamic,
            Array.FindIndex(entries, entry => entry.Tag == TagStringTable),
            new(TagStringTable, segment.VirtualAddress)
        );
        image.WriteDynamic(
            dynamic,
            Array.FindIndex(entries, entry => entry.Tag == TagStringTableSize),
            new(TagStringTableSize, segment.FileSize)
        );
    }

    private static ProgramHeader EndOf(ProgramHeader segment, ulong length)
    {
        var skip = segment.FileSize - length;
        return segment with
        {
            Offset = segment.Offset + skip,
            VirtualAddress = segment.VirtualAddress + skip,
            PhysicalAddress = segment.PhysicalAddress + skip,
            FileSize = length,
            MemorySize = length,
        };
    }

    private static int IndexOf(ProgramHeader[] headers, uint type) =>
        Array.FindIndex(headers, header => header.Type == type);

    // Their own start-up code reads their headers, and they need nothing from any path.
    private static bool IsCLibrary(ElfImage image, ProgramHeader[] headers, DynamicEntry[] entries)
    {
        var name = Array.FindIndex(entries, entry => entry.Tag == TagSharedName);
        if (name < 0)
            return false;
        var bytes = image.Loaded(headers, Value(entries, TagStringTable) + entries[name].Value);
        var end = bytes.IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
        return text is "libc.so.6" or "libc.so.6.1"
            || text.StartsWith("ld-linux", StringComparison.Ordinal)
            || text.StartsWith("ld64.so", StringComparison.Ordinal)
            || text.StartsWith("ld.so", StringComparison.Ordinal);
    }

    private static ulong Value(DynamicEntry[] entries, ulong tag)
    {
        var index = Array.FindIndex(entries, entry => entry.Tag == tag);
        return index < 0
            ? throw new DebianException($"the dynamic section has no entry of tag {tag}")
            : entries[index].Value;
    }

    // Address and offset must agree modulo the largest page size that the file was linked for, so that it also loads on
    // kernels with pages of 64 KiB.
    private static ProgramHeader PlaceSegment(ProgramHeader[] headers, ulong length, ulong size)
    {
        var alignment = PageSizeMin;
        var end = 0UL;
        foreach (var header in headers)
        {
            if (header.Type != ElfImage.TypeLoad)
                continue;
            if (
                header.Alignment > AlignmentMax
                || header.VirtualAddress > AddressMax
                || header.MemorySize > AddressMax
            )
                throw new DebianException(
                    "a segment has an address, size or alignment beyond reason"
                );
            alignment = Math.Max(alignment, header.Alignment);
            end = Math.Max(end, header.VirtualAddress + header.MemorySize);
        }

        var offset = RoundUp(length, PageSizeMin);
        var address = RoundUp(end, alignment) + (offset % alignment);
        return new(ElfImage.TypeLoad, FlagRead, offset, address, address, size, size, alignment);
    }

    private static ulong RoundUp(ulong value, ulong unit) => (value + unit - 1) / unit * unit;

    private static int PlaceOfRunPath(DynamicEntry[] entries)
    {
        var existing = Array.FindIndex(entries, entry => entry.Tag is TagRPath or TagRunPath);
        if (existing >= 0)
            return existing;

        // The section ends at the first null entry; the one after it must remain as the new end.
        var end = Array.FindIndex(entries, entry => entry.Tag == TagNull);
        return end >= 0 && end + 1 < entries.Length && entries[end + 1].Tag == TagNull
            ? end
            : throw new DebianException("the dynamic section has no spare entry for a run path");
    }

    // Loaded segments must stand in order of address, so the new one comes right behind the last of them.
    private static ProgramHeader[] ReplaceNote(ProgramHeader[] headers, ProgramHeader segment)
    {
        var spare = Array.FindLastIndex(headers, header => header.Type == ElfImage.TypeNote);
        if (spare < 0)
            spare = IndexOf(headers, TypeRiscVAttributes);
        if (spare < 0)
            throw new DebianException("no program header can be spared for a run path");

        var changed = headers.ToList();
        changed.RemoveAt(spare);
        var last = changed.FindLastIndex(header => header.Type == ElfImage.TypeLoad);
        changed.Insert(last + 1, segment);
        return [.. changed];
    }
}
