using System.Buffers.Binary;
using System.Text;
using Ferry.Debian.Elf;

namespace Ferry.Debian.Tests.Elf;

/// <summary>
/// Writes and reads small linked ELF files of any class and byte order, independently of the code under test.
/// </summary>
internal sealed record ElfSample
{
    private const ulong Base = 0x10000;

    public required ElfMachine Machine { get; init; }

    public string? Interpreter { get; init; } = "/lib/ld.so";

    public string SharedName { get; init; } = "libsample.so.1";

    public bool NeedsLibrary { get; init; } = true;

    public bool HasNote { get; init; } = true;

    /// <summary>Null entries of the dynamic section; the first ends it.</summary>
    public int NullEntries { get; init; } = 3;

    public ulong LoadAlignment { get; init; } = 0x1000;

    private int Word => Machine.Is64Bit ? 8 : 4;

    private int HeaderSize => Machine.Is64Bit ? 56 : 32;

    public byte[] Write()
    {
        var strings = Encoding.ASCII.GetBytes($"\0{SharedName}\0libneeded.so.1\0");
        var interpreter = Encoding.ASCII.GetBytes((Interpreter ?? "") + "\0");
        List<(ulong Tag, ulong Value)> dynamic = [];
        if (NeedsLibrary)
            dynamic.Add((1, (ulong)SharedName.Length + 2));
        dynamic.Add((14, 1));
        const int Strings = 0x400;
        const int Dynamic = 0x600;
        const int InterpreterAt = 0x800;
        const int Sections = 0xa00;
        dynamic.Add((5, Base + Strings));
        dynamic.Add((10, (ulong)strings.Length));
        dynamic.AddRange(Enumerable.Repeat((0UL, 0UL), NullEntries));

        var file = new byte[0x1001];
        WriteHeader(file, Sections);
        var headers = new List<(uint Type, ulong Offset, ulong Size, ulong Alignment)>();
        if (Interpreter is not null)
            headers.Add((3, InterpreterAt, (ulong)interpreter.Length, 1));
        headers.Add((1, 0, (ulong)file.Length, LoadAlignment));
        headers.Add((2, Dynamic, (ulong)(dynamic.Count * 2 * Word), 8));
        if (HasNote)
            headers.Add((4, 0x900, 0x20, 4));
        PutHalf(file, Machine.Is64Bit ? 56 : 44, headers.Count);
        for (var index = 0; index < headers.Count; index++)
            WriteProgramHeader(
                file,
                (Machine.Is64Bit ? 64 : 52) + (index * HeaderSize),
                headers[index]
            );

        strings.CopyTo(file, Strings);
        interpreter.CopyTo(file, InterpreterAt);
        for (var index = 0; index < dynamic.Count; index++)
        {
            PutWord(file, Dynamic + (index * 2 * Word), dynamic[index].Tag);
            PutWord(file, Dynamic + (index * 2 * Word) + Word, dynamic[index].Value);
        }

        // One section, the string table: type, address, offset, size.
        PutWord(file, Sections + 8 + Word, Base + Strings);
        PutWord(file, Sections + 8 + (2 * Word), Strings);
        PutWord(file, Sections + 8 + (3 * Word), (ulong)strings.Length);
        return file;
    }

    /// <summary>What a loader and a linker would see.</summary>
    public ElfView Read(byte[] file)
    {
        var headers =
            new List<(uint Type, ulong Offset, ulong Address, ulong Size, ulong Alignment)>();
        for (var index = 0; index < GetHalf(file, Machine.Is64Bit ? 56 : 44); index++)
        {
            var at = (Machine.Is64Bit ? 64 : 52) + (index * HeaderSize);
            var words = at + (Machine.Is64Bit ? 8 : 4);
            headers.Add(
                (
                    (uint)GetNumber(file, at, 4),
                    GetWord(file, words),
                    GetWord(file, words + Word),
                    GetWord(file, words + (3 * Word)),
                    GetWord(file, at + (Machine.Is64Bit ? 48 : 28))
                )
            );
        }

        var loads = headers.Where(header => header.Type == 1).ToList();
        string TextAt(ulong address)
        {
            var load = loads.Single(l => address >= l.Address && address < l.Address + l.Size);
            var start = (int)(load.Offset + address - load.Address);
            return Encoding.ASCII.GetString(
                file.AsSpan(start, file.AsSpan(start).IndexOf((byte)0))
            );
        }

        var dynamic = headers.Single(header => header.Type == 2);
        var entries = new List<(ulong Tag, ulong Value)>();
        for (var at = (int)dynamic.Offset; GetWord(file, at) != 0; at += 2 * Word)
            entries.Add((GetWord(file, at), GetWord(file, at + Word)));
        ulong? Value(ulong tag) =>
            entries
                .Where(entry => entry.Tag == tag)
                .Select(entry => (ulong?)entry.Value)
                .SingleOrDefault();
        var table = Value(5)!.Value;
        var section = (int)GetWord(file, Machine.Is64Bit ? 40 : 32) + 8 + Word;
        return new()
        {
            Interpreter = headers
                .Where(header => header.Type == 3)
                .Select(header => TextAt(header.Address))
                .SingleOrDefault(),
            RunPath = Value(29) is { } runPath ? TextAt(table + runPath) : null,
            IsRunPathInTable = Value(29) is { } offset && offset < Value(10),
            Needed = Value(1) is { } needed ? TextAt(table + needed) : null,
            SharedName = TextAt(table + Value(14)!.Value),
            SectionAddress = GetWord(file, section),
            TableAddress = table,
            LoadsAreInOrder = loads.Zip(loads.Skip(1)).All(p => p.First.Address < p.Second.Address),
            LoadsAgreeWithPages = loads
                .Skip(1)
                .All(load => load.Address % load.Alignment == load.Offset % load.Alignment),
        };
    }

    private void WriteHeader(byte[] file, int sections)
    {
        "\u007fELF"u8.CopyTo(file);
        file[4] = (byte)(Machine.Is64Bit ? 2 : 1);
        file[5] = (byte)(Machine.IsBigEndian ? 2 : 1);
        PutHalf(file, 16, 3);
        PutHalf(file, 18, Machine.Number);
        PutWord(file, Machine.Is64Bit ? 32 : 28, Machine.Is64Bit ? 64UL : 52UL);
        PutWord(file, Machine.Is64Bit ? 40 : 32, (ulong)sections);
        PutHalf(file, Machine.Is64Bit ? 60 : 48, 1);
    }

    private void WriteProgramHeader(
        byte[] file,
        int at,
        (uint Type, ulong Offset, ulong Size, ulong Alignment) header
    )
    {
        PutNumber(file, at, 4, header.Type);
        var words = at + (Machine.Is64Bit ? 8 : 4);
        PutWord(file, words, header.Offset);
        PutWord(file, words + Word, Base + header.Offset);
        PutWord(file, words + (2 * Word), Base + header.Offset);
        PutWord(file, words + (3 * Word), header.Size);
        PutWord(file, words + (4 * Word), header.Size);
        PutWord(file, at + (Machine.Is64Bit ? 48 : 28), header.Alignment);
    }

    private void PutHalf(byte[] file, int at, int value) => PutNumber(file, at, 2, (ulong)value);

    private void PutWord(byte[] file, int at, ulong value) => PutNumber(file, at, Word, value);

    private int GetHalf(byte[] file, int at) => (int)GetNumber(file, at, 2);

    private ulong GetWord(byte[] file, int at) => GetNumber(file, at, Word);

    private void PutNumber(byte[] file, int at, int length, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        bytes = bytes[..length];
        if (Machine.IsBigEndian)
            bytes.Reverse();
        bytes.CopyTo(file.AsSpan(at));
    }

    private ulong GetNumber(byte[] file, int at, int length)
    {
        Span<byte> bytes = stackalloc byte[8];
        file.AsSpan(at, length).CopyTo(bytes);
        if (Machine.IsBigEndian)
            bytes[..length].Reverse();
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}

internal sealed record ElfView
{
    public string? Interpreter { get; init; }

    public string? RunPath { get; init; }

    public bool IsRunPathInTable { get; init; }

    public string? Needed { get; init; }

    public required string SharedName { get; init; }

    public ulong SectionAddress { get; init; }

    public ulong TableAddress { get; init; }

    public bool LoadsAreInOrder { get; init; }

    public bool LoadsAgreeWithPages { get; init; }
}
