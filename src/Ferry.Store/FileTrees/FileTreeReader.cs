using System.ComponentModel;
using Ferry.Formats.Nar;
using Ferry.Platform.Directories;
using Ferry.Platform.Files;

namespace Ferry.Store.FileTrees;

/// <summary>Walks a file tree on the disk and hands it on in NAR order: archiving, hashing, copying into a store.</summary>
public static class FileTreeReader
{
    private const int ChunkLength = 256 * 1024;

    /// <summary>Reads the tree at a path, which may be a file or a symbolic link itself.</summary>
    /// <param name="path">Its last part is never followed as a link; those before it are.</param>
    /// <param name="target">Gets the tree.</param>
    /// <param name="filter">Says which entries to take, by their path below the root (<c>/a/b</c>) and kind; null takes all.</param>
    /// <exception cref="StoreException">Something cannot be read, changes meanwhile, or is neither file, directory nor link.</exception>
    public static void Read(
        string path,
        INarTarget target,
        Func<string, FileKind, bool>? filter = null
    )
    {
        try
        {
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            if (full == "/")
                throw new StoreException("the root directory cannot be archived");
            using var parent = DirectoryHandle.Open(Path.GetDirectoryName(full)!);
            var name = System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(full));
            var kind = parent.Status(name).Kind;
            new Walk(target, filter).Node(parent, new DirectoryEntry(name, kind), "");
        }
        catch (Exception exception) when (exception is IOException or Win32Exception)
        {
            throw new StoreException(exception.Message, exception);
        }
        catch (Formats.BadFormatException exception)
        {
            throw new StoreException($"path '{path}': {exception.Message}", exception);
        }
    }

    private sealed class Walk(INarTarget target, Func<string, FileKind, bool>? filter)
    {
        private readonly byte[] _chunk = new byte[ChunkLength];

        // The target bounds the depth.
        public void Node(DirectoryHandle parent, DirectoryEntry entry, string path)
        {
            switch (entry.Kind)
            {
                case FileKind.Regular:
                    File(parent, entry.Name);
                    break;
                case FileKind.SymbolicLink:
                    target.SymbolicLink(parent.ReadSymbolicLink(entry.Name));
                    break;
                case FileKind.Directory:
                    Directory(parent, entry.Name, path);
                    break;
                default:
                    throw new StoreException(
                        $"file '{parent.PathOf(entry.Name)}' has an unsupported type"
                    );
            }
        }

        private void Directory(DirectoryHandle parent, byte[] name, string path)
        {
            target.BeginDirectory();
            using var directory = parent.OpenDirectory(name);
            foreach (var entry in directory.List())
            {
                var entryPath = "";
                if (filter is not null)
                {
                    entryPath = $"{path}/{System.Text.Encoding.UTF8.GetString(entry.Name)}";
                    if (!filter(entryPath, entry.Kind))
                        continue;
                }
                target.BeginEntry(entry.Name);
                Node(directory, entry, entryPath);
                target.EndEntry();
            }
            target.EndDirectory();
        }

        private void File(DirectoryHandle parent, byte[] name)
        {
            var isExecutable = parent.Status(name).IsExecutable;
            using var file = parent.OpenFile(name);
            var size = RandomAccess.GetLength(file);
            target.BeginFile(isExecutable, size);
            for (long position = 0; position < size; )
            {
                var count = RandomAccess.Read(file, _chunk, position);
                if (count == 0)
                    break;
                target.FileContents(_chunk.AsSpan(0, count));
                position += count;
            }
            target.EndFile();
        }
    }
}
