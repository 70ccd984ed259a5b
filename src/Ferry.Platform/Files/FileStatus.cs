using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ferry.Platform.Files;

public enum FileKind
{
    Other = 0,
    Directory = 0x4000,
    Regular = 0x8000,
    SymbolicLink = 0xa000,
}

/// <summary>What statx(2) says of a file.</summary>
/// <param name="Kind">Devices, sockets and pipes are all <see cref="FileKind.Other"/>.</param>
/// <param name="Mode">The twelve permission bits.</param>
/// <param name="SizeBytes">Length of the content, or of a link's target.</param>
/// <param name="AllocatedBytes">What it occupies on the disk.</param>
/// <param name="ModifiedSeconds">Unix seconds.</param>
/// <param name="ModifiedNanoseconds">0 to 999,999,999.</param>
/// <param name="ChangedSeconds">When the file was changed in any way, in Unix seconds.</param>
/// <param name="ChangedNanoseconds">0 to 999,999,999.</param>
/// <param name="LinkCount">Number of names.</param>
/// <param name="User">Owner.</param>
/// <param name="Group">Owning group.</param>
/// <param name="Inode">Unique with <paramref name="Device"/>.</param>
/// <param name="Device">Major number in the upper half, minor number in the lower one.</param>
public sealed partial record FileStatus(
    FileKind Kind,
    int Mode,
    long SizeBytes,
    long AllocatedBytes,
    long ModifiedSeconds,
    int ModifiedNanoseconds,
    long ChangedSeconds,
    int ChangedNanoseconds,
    uint LinkCount,
    uint User,
    uint Group,
    ulong Inode,
    ulong Device
)
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFields = 0x7ff;
    private const int StructureSizeBytes = 256;

    public bool IsExecutable => (Mode & 0b001_000_000) != 0;

    /// <param name="path">A final symbolic link is followed only when <paramref name="followsLink"/> is set.</param>
    /// <param name="followsLink">False: a link is described itself.</param>
    /// <exception cref="Win32Exception">Any failure; carries errno.</exception>
    public static FileStatus Get(NativePath path, bool followsLink = false) =>
        Call(path, followsLink, out var status) == 0
            ? status!
            : throw SystemFailure.Last("cannot get the status of", path);

    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="Win32Exception">Any other failure; carries errno.</exception>
    public static FileStatus? TryGet(NativePath path, bool followsLink = false)
    {
        if (Call(path, followsLink, out var status) == 0)
            return status;
        return
            Marshal.GetLastPInvokeError() is SystemFailure.NotFound or SystemFailure.NotADirectory
            ? null
            : throw SystemFailure.Last("cannot get the status of", path);
    }

    /// <summary>Of a name in an open directory, or of the directory itself when the name is empty.</summary>
    /// <param name="directory">Its descriptor.</param>
    /// <param name="name">Relative to it.</param>
    /// <param name="shownPath">For messages.</param>
    internal static unsafe FileStatus Get(int directory, NativePath name, string shownPath)
    {
        const int EmptyPath = 0x1000;
        var structure = stackalloc byte[StructureSizeBytes];
        fixed (byte* pointer = name.Terminated)
            SystemFailure.ThrowIfNegative(
                Statx(directory, pointer, NoFollow | EmptyPath, BasicFields, structure),
                "cannot get the status of",
                shownPath
            );
        return Read(new ReadOnlySpan<byte>(structure, StructureSizeBytes));
    }

    /// <returns>False on failure, which errno tells.</returns>
    internal static unsafe bool TryGet(int directory, NativePath name, out FileStatus? status)
    {
        var structure = stackalloc byte[StructureSizeBytes];
        int result;
        fixed (byte* pointer = name.Terminated)
            result = Statx(directory, pointer, NoFollow, BasicFields, structure);
        status = result == 0 ? Read(new ReadOnlySpan<byte>(structure, StructureSizeBytes)) : null;
        return result == 0;
    }

    private static unsafe int Call(NativePath path, bool followsLink, out FileStatus? status)
    {
        var structure = stackalloc byte[StructureSizeBytes];
        int result;
        fixed (byte* name = path.Terminated)
            result = Statx(
                CurrentDirectory,
                name,
                followsLink ? 0 : NoFollow,
                BasicFields,
                structure
            );
        status = result == 0 ? Read(new ReadOnlySpan<byte>(structure, StructureSizeBytes)) : null;
        return result;
    }

    // struct statx of linux/stat.h, the same on every architecture but for the byte order, which is the machine's own.
    private static FileStatus Read(ReadOnlySpan<byte> structure)
    {
        var mode = MemoryMarshal.Read<ushort>(structure[28..]);
        return new(
            (mode & 0xf000) switch
            {
                0x4000 => FileKind.Directory,
                0x8000 => FileKind.Regular,
                0xa000 => FileKind.SymbolicLink,
                _ => FileKind.Other,
            },
            mode & 0xfff,
            MemoryMarshal.Read<long>(structure[40..]),
            MemoryMarshal.Read<long>(structure[48..]) * 512,
            MemoryMarshal.Read<long>(structure[112..]),
            MemoryMarshal.Read<int>(structure[120..]),
            MemoryMarshal.Read<long>(structure[96..]),
            MemoryMarshal.Read<int>(structure[104..]),
            MemoryMarshal.Read<uint>(structure[16..]),
            MemoryMarshal.Read<uint>(structure[20..]),
            MemoryMarshal.Read<uint>(structure[24..]),
            MemoryMarshal.Read<ulong>(structure[32..]),
            ((ulong)MemoryMarshal.Read<uint>(structure[136..]) << 32)
                | MemoryMarshal.Read<uint>(structure[140..])
        );
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static unsafe partial int Statx(
        int directory,
        byte* path,
        int flags,
        uint fields,
        byte* structure
    );
}
