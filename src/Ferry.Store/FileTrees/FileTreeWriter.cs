using System.ComponentModel;
using System.Text;
using Ferry.Formats.Nar;
using Ferry.Platform.Directories;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Store.FileTrees;

/// <summary>Writes a file tree to the disk as it arrives: unpacks archives, copies trees.</summary>
/// <remarks>
/// Every step goes through the directory that this writer itself has just made, and nothing is followed or overwritten, so no
/// archive can write outside the tree. Directories get mode 0777, files 0666 or 0777, all less the umask. Owned by one thread.
/// </remarks>
public sealed class FileTreeWriter : INarTarget, IDisposable
{
    private const int AllPermissions = 0x1ff;
    private const int ReadWritePermissions = 0x1b6;

    private readonly Stack<DirectoryHandle> _directories = new();
    private byte[] _name;
    private SafeFileHandle? _file;
    private long _position;

    /// <param name="path">Where the tree's root goes; nothing may exist there.</param>
    /// <exception cref="StoreException">The directory that would hold it cannot be opened.</exception>
    public FileTreeWriter(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        _name = Encoding.UTF8.GetBytes(Path.GetFileName(full));
        try
        {
            _directories.Push(DirectoryHandle.Open(Path.GetDirectoryName(full) ?? "/"));
        }
        catch (Win32Exception exception)
        {
            throw new StoreException(exception.Message, exception);
        }
    }

    public void BeginDirectory() =>
        Do(() =>
        {
            var parent = _directories.Peek();
            parent.CreateDirectory(_name, AllPermissions);
            _directories.Push(parent.OpenDirectory(_name));
        });

    public void BeginEntry(ReadOnlySpan<byte> name) => _name = name.ToArray();

    public void EndEntry() { }

    public void EndDirectory() => _directories.Pop().Dispose();

    public void SymbolicLink(ReadOnlySpan<byte> target)
    {
        var copy = target.ToArray();
        Do(() => _directories.Peek().CreateSymbolicLink(_name, copy));
    }

    public void BeginFile(bool isExecutable, long size) =>
        Do(() =>
        {
            var permissions = isExecutable ? AllPermissions : ReadWritePermissions;
            _file = _directories.Peek().CreateFile(_name, permissions);
            _position = 0;
        });

    public void FileContents(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_file!, bytes, _position);
            _position += bytes.Length;
        }
        catch (IOException exception)
        {
            throw new StoreException(
                $"writing file '{_directories.Peek().PathOf(_name)}': {exception.Message}",
                exception
            );
        }
    }

    public void EndFile()
    {
        _file?.Dispose();
        _file = null;
    }

    public void Dispose()
    {
        _file?.Dispose();
        while (_directories.TryPop(out var directory))
            directory.Dispose();
    }

    private static void Do(Action step)
    {
        try
        {
            step();
        }
        catch (Win32Exception exception)
        {
            throw new StoreException(exception.Message, exception);
        }
    }
}
