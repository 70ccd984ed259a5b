using System.Buffers.Binary;
using Ferry.Emulation.Architectures;
using Ferry.Emulation.Elf;

namespace Ferry.Emulation.Registrations;

/// <summary>The first bytes of an architecture's programs, and which of their bits count.</summary>
/// <param name="Magic">20 bytes, or 40 where e_flags matter.</param>
/// <param name="Mask">As long as <paramref name="Magic"/>.</param>
public sealed record ProgramPattern(byte[] Magic, byte[] Mask)
{
    // Offsets in the ELF header; that of the flags is for 32-bit files, the only ones that need it.
    private const int OsAbi = 7;
    private const int AbiVersion = 8;
    private const int Kind = 16;
    private const int Machine = 18;
    private const int ShortLength = 20;
    private const int FlagsOffset = 36;
    private const int LongLength = FlagsOffset + sizeof(uint);

    public static ProgramPattern Of(Architecture architecture)
    {
        var isBig = architecture.Endianness == ElfEndianness.Big;
        var length = architecture.FlagsMask == 0 ? ShortLength : LongLength;
        var (magic, mask) = (new byte[length], new byte[length]);

        "\u007fELF"u8.CopyTo(magic);
        magic[4] = (byte)architecture.Class;
        magic[5] = (byte)architecture.Endianness;
        magic[6] = 1; // the only version of ELF there is
        mask.AsSpan(0, ShortLength).Fill(0xff);
        // Which system's ABI, and its version: GNU extensions set the first, MIPS programs the lowest bit of the second.
        mask[OsAbi] = 0;
        mask[AbiVersion] = 0xfe;

        // Executable is 2 and shared, as position-independent programs are, is 3.
        Write(magic.AsSpan(Kind), (ushort)ElfKind.Executable, isBig);
        Write(mask.AsSpan(Kind), 0xfffe, isBig);
        Write(magic.AsSpan(Machine), (ushort)architecture.Machine, isBig);
        if (architecture.FlagsMask != 0)
        {
            Write(magic.AsSpan(FlagsOffset), architecture.Flags, isBig);
            Write(mask.AsSpan(FlagsOffset), architecture.FlagsMask, isBig);
        }
        return new(magic, mask);
    }

    /// <param name="start">The first bytes of a file.</param>
    public bool Matches(ReadOnlySpan<byte> start)
    {
        if (start.Length < Magic.Length)
            return false;
        for (var index = 0; index < Magic.Length; index++)
        {
            if (((start[index] ^ Magic[index]) & Mask[index]) != 0)
                return false;
        }
        return true;
    }

    private static void Write(Span<byte> at, ushort value, bool isBig)
    {
        if (isBig)
            BinaryPrimitives.WriteUInt16BigEndian(at, value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(at, value);
    }

    private static void Write(Span<byte> at, uint value, bool isBig)
    {
        if (isBig)
            BinaryPrimitives.WriteUInt32BigEndian(at, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(at, value);
    }
}
