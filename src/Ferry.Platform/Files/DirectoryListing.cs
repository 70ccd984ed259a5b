using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Platform.Files;

/// <summary>Lists a directory's names as bytes, in byte order, without <c>.</c> and <c>..</c>.</summary>
public static unsafe partial class DirectoryListing
{
    private const int BufferSizeBytes = 32 << 10;

    // struct linux_dirent64: u64 inode, i64 offset, u16 length, u8 kind, the name with a NUL.
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    /// <exception cref="Win32Exception">It cannot be read; carries errno.</exception>
    public static IReadOnlyList<byte[]> Read(NativePath path)
    {
        var names = new List<byte[]>();
        using var directory = FileHandles.Open(path, FileOpening.Read);
        var buffer = NativeMemory.Alloc(BufferSizeBytes);
        try
        {
            long count;
            while ((count = ReadEntries(directory, buffer, BufferSizeBytes)) > 0)
                AddNames(new ReadOnlySpan<byte>(buffer, (int)count), names);
            SystemFailure.ThrowIfNegative(count, "cannot list the directory", path);
        }
        finally
        {
            NativeMemory.Free(buffer);
        }
        names.Sort(static (left, right) => left.AsSpan().SequenceCompareTo(right));
        return names;
    }

    private static void AddNames(ReadOnlySpan<byte> entries, List<byte[]> names)
    {
        while (entries.Length > 0)
        {
            var length = MemoryMarshal.Read<ushort>(entries[LengthOffset..]);
            var name = entries[NameOffset..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                names.Add(name.ToArray());
            entries = entries[length..];
        }
    }

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    private static partial nint ReadEntries(SafeFileHandle directory, void* buffer, nuint size);
}
