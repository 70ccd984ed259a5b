using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Ferry.Platform.Files;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Platform.Directories;

/// <summary>An open directory, and what can be done with the names in it.</summary>
/// <remarks>
/// Names are bytes, since a file's name need not be UTF-8. Nothing here follows a symbolic link, and every call goes through
/// the open directory, so a tree that somebody changes meanwhile cannot lead outside it. Every method throws
/// <see cref="Win32Exception"/>, which carries errno, when the system refuses. Owned by one thread at a time.
/// </remarks>
public sealed unsafe class DirectoryHandle : IDisposable
{
    private readonly SafeFileHandle _handle;

    private DirectoryHandle(SafeFileHandle handle, string path) => (_handle, Path) = (handle, path);

    /// <summary>For messages: how the directory was reached.</summary>
    public string Path { get; }

    /// <summary>Its number in this process; valid until this is disposed of.</summary>
    public int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>Opens a directory by its path, whose own symbolic links are followed.</summary>
    public static DirectoryHandle Open(NativePath path)
    {
        var flags =
            NativeDirectory.ReadOnly | NativeDirectory.Directory | NativeDirectory.CloseOnExec;
        var text = path.ToString();
        fixed (byte* pointer = path.Terminated)
            return new(
                Owned(
                    NativeDirectory.OpenAt(NativeDirectory.CurrentDirectory, pointer, flags, 0),
                    "opening directory",
                    text
                ),
                text
            );
    }

    public DirectoryHandle OpenDirectory(ReadOnlySpan<byte> name) =>
        new(
            OpenAt(name, NativeDirectory.ReadOnly | NativeDirectory.Directory, "opening directory"),
            PathOf(name)
        );

    public void CreateDirectory(ReadOnlySpan<byte> name, int permissions)
    {
        var native = NativePath.FromBytes(name);
        fixed (byte* pointer = native.Terminated)
            Check(
                NativeDirectory.MakeDirectoryAt(Descriptor, pointer, (uint)permissions),
                "creating directory",
                name
            );
    }

    /// <summary>Opens a file for reading.</summary>
    public SafeFileHandle OpenFile(ReadOnlySpan<byte> name) =>
        OpenAt(name, NativeDirectory.ReadOnly, "opening file");

    /// <summary>Creates a file that must not exist, for writing.</summary>
    public SafeFileHandle CreateFile(ReadOnlySpan<byte> name, int permissions) =>
        OpenAt(
            name,
            NativeDirectory.WriteOnly | NativeDirectory.Create | NativeDirectory.Exclusive,
            "creating file",
            permissions
        );

    public void CreateSymbolicLink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        var nativeTarget = NativePath.FromBytes(target);
        var native = NativePath.FromBytes(name);
        fixed (byte* targetPointer = nativeTarget.Terminated)
        fixed (byte* pointer = native.Terminated)
            Check(
                NativeDirectory.LinkAt(targetPointer, Descriptor, pointer),
                "creating symlink",
                name
            );
    }

    public byte[] ReadSymbolicLink(ReadOnlySpan<byte> name)
    {
        var buffer = new byte[4096];
        var native = NativePath.FromBytes(name);
        fixed (byte* pointer = native.Terminated)
        fixed (byte* bufferPointer = buffer)
        {
            var length = NativeDirectory.ReadLinkAt(
                Descriptor,
                pointer,
                bufferPointer,
                buffer.Length
            );
            Check((int)length, "reading symbolic link", name);
            return buffer[..(int)length];
        }
    }

    /// <summary>The directory's own status.</summary>
    public FileStatus Status() => FileStatus.Get(Descriptor, "", Path);

    /// <summary>A name's status; of a link, its own.</summary>
    public FileStatus Status(ReadOnlySpan<byte> name) =>
        FileStatus.Get(Descriptor, NativePath.FromBytes(name), PathOf(name));

    /// <returns>Null when there is no such name.</returns>
    public FileStatus? TryStatus(ReadOnlySpan<byte> name) =>
        FileStatus.TryGet(Descriptor, NativePath.FromBytes(name), out var status) ? status
        : Marshal.GetLastPInvokeError() == SystemFailure.NotFound ? null
        : throw SystemFailure.Last("cannot get the status of", PathOf(name));

    /// <summary>The names in byte order, without <c>.</c> and <c>..</c>.</summary>
    public List<DirectoryEntry> List() => DirectoryEntries.Read(this);

    /// <summary>Sets the twelve low bits of the mode. A symbolic link has none: never call it on one.</summary>
    public void SetPermissions(ReadOnlySpan<byte> name, int permissions)
    {
        var native = NativePath.FromBytes(name);
        fixed (byte* pointer = native.Terminated)
            Check(
                NativeDirectory.ChangeModeAt(Descriptor, pointer, (uint)permissions, flags: 0),
                "setting permissions on",
                name
            );
    }

    /// <param name="name">Of the file or link.</param>
    /// <param name="seconds">Unix seconds, for both times.</param>
    public void SetTimes(ReadOnlySpan<byte> name, long seconds)
    {
        var times = stackalloc long[4] { seconds, 0, seconds, 0 };
        var native = NativePath.FromBytes(name);
        fixed (byte* pointer = native.Terminated)
            Check(
                NativeDirectory.SetTimesAt(
                    Descriptor,
                    pointer,
                    times,
                    NativeDirectory.LinkNoFollow
                ),
                "changing modification time of",
                name
            );
    }

    public void SetOwner(ReadOnlySpan<byte> name, uint user, uint group)
    {
        var native = NativePath.FromBytes(name);
        fixed (byte* pointer = native.Terminated)
            Check(
                NativeDirectory.ChangeOwnerAt(
                    Descriptor,
                    pointer,
                    user,
                    group,
                    NativeDirectory.LinkNoFollow
                ),
                "changing owner of",
                name
            );
    }

    /// <summary>Removes extended attributes, access control lists among them, where the file system has such.</summary>
    /// <param name="name">Of the file or link.</param>
    /// <param name="keep">Attributes to leave, as <c>security.selinux</c>, which cannot be removed.</param>
    public void RemoveExtendedAttributes(ReadOnlySpan<byte> name, IReadOnlyCollection<string> keep)
    {
        // These calls have no form relative to a directory; the kernel's own link to the descriptor serves.
        var path = NativePath.FromString($"/proc/self/fd/{Descriptor}").Append(name);
        foreach (var attribute in FileMetadata.ListAttributes(path))
        {
            if (!keep.Contains(attribute))
                FileMetadata.RemoveAttribute(path, attribute);
        }
    }

    /// <summary>Removes a name that is no directory.</summary>
    public void DeleteFile(ReadOnlySpan<byte> name) => Delete(name, flags: 0);

    /// <summary>Removes an empty directory.</summary>
    public void DeleteDirectory(ReadOnlySpan<byte> name) =>
        Delete(name, NativeDirectory.RemoveDirectory);

    /// <summary>Removes a name and everything below it, whatever its permissions; nothing when there is none.</summary>
    /// <returns>Bytes of disk that became free; files with other names count nothing.</returns>
    public long DeleteTree(ReadOnlySpan<byte> name) => TreeRemoval.Remove(this, name);

    /// <summary>Renames atomically, within this directory or into another of the same file system.</summary>
    public void Rename(
        ReadOnlySpan<byte> name,
        DirectoryHandle directory,
        ReadOnlySpan<byte> newName
    )
    {
        var native = NativePath.FromBytes(name);
        var nativeNew = NativePath.FromBytes(newName);
        fixed (byte* pointer = native.Terminated)
        fixed (byte* newPointer = nativeNew.Terminated)
            Check(
                NativeDirectory.RenameAt(Descriptor, pointer, directory.Descriptor, newPointer),
                "renaming",
                name
            );
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>For messages: the name's path as text.</summary>
    public string PathOf(ReadOnlySpan<byte> name) =>
        Path == "/"
            ? $"/{Encoding.UTF8.GetString(name)}"
            : $"{Path}/{Encoding.UTF8.GetString(name)}";

    private void Delete(ReadOnlySpan<byte> name, int flags)
    {
        var native = NativePath.FromBytes(name);
        fixed (byte* pointer = native.Terminated)
            Check(NativeDirectory.UnlinkAt(Descriptor, pointer, flags), "cannot unlink", name);
    }

    private SafeFileHandle OpenAt(
        ReadOnlySpan<byte> name,
        int flags,
        string doing,
        int permissions = 0
    )
    {
        var native = NativePath.FromBytes(name);
        fixed (byte* pointer = native.Terminated)
        {
            var all = flags | NativeDirectory.NoFollow | NativeDirectory.CloseOnExec;
            return Owned(
                NativeDirectory.OpenAt(Descriptor, pointer, all, (uint)permissions),
                doing,
                PathOf(name)
            );
        }
    }

    private static SafeFileHandle Owned(int descriptor, string doing, string path) =>
        descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw SystemFailure.Last(doing, path);

    private void Check(int result, string doing, ReadOnlySpan<byte> name)
    {
        if (result < 0)
            throw SystemFailure.Last(doing, PathOf(name));
    }
}
