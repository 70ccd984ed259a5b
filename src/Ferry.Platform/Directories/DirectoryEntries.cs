using System.Buffers.Binary;
using Ferry.Platform.Files;

namespace Ferry.Platform.Directories;

/// <summary>A name in a directory and what the directory says it is.</summary>
public sealed record DirectoryEntry(byte[] Name, FileKind Kind);

/// <summary>Reads the names of an open directory.</summary>
internal static unsafe class DirectoryEntries
{
    private const int BufferLength = 32 * 1024;

    // struct linux_dirent64: inode 8, offset 8, record length 2, type 1, name with a NUL.
    private const int LengthOffset = 16;
    private const int TypeOffset = 18;
    private const int NameOffset = 19;

    public static List<DirectoryEntry> Read(DirectoryHandle directory)
    {
        var entries = new List<DirectoryEntry>();
        // A second descriptor, so that listing twice begins at the start both times.
        using var again = directory.OpenDirectory("."u8);
        var buffer = new byte[BufferLength];
        while (true)
        {
            nint count;
            fixed (byte* pointer = buffer)
                count = NativeDirectory.ReadEntries(again.Descriptor, pointer, buffer.Length);
            if (count < 0)
                throw SystemFailure.Last("reading directory", directory.Path);
            if (count == 0)
                break;
            Take(directory, buffer.AsSpan(0, (int)count), entries);
        }
        entries.Sort(static (left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name));
        return entries;
    }

    private static void Take(
        DirectoryHandle directory,
        ReadOnlySpan<byte> records,
        List<DirectoryEntry> entries
    )
    {
        while (!records.IsEmpty)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(records[LengthOffset..]);
            var name = records[NameOffset..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                const byte unknown = 0;
                var type = records[TypeOffset] switch
                {
                    8 => FileKind.Regular,
                    4 => FileKind.Directory,
                    10 => FileKind.SymbolicLink,
                    // Some file systems do not keep the type in the directory.
                    unknown => directory.Status(name).Kind,
                    _ => FileKind.Other,
                };
                entries.Add(new DirectoryEntry(name.ToArray(), type));
            }
            records = records[length..];
        }
    }
}
