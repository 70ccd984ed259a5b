using System.Buffers.Binary;
using System.Text;
using Ferry.Formats;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Fetching.FileTrees;

/// <summary>The tree in a NAR on the disk. Only the places of its files are read when it is opened.</summary>
/// <remarks>Source: Nix manual, "Nix Archive (NAR) format".</remarks>
public sealed class NarFileTree : IndexedTree<NarFileTree.Place>, IDisposable
{
    // A name or target; contents are skipped, not read.
    private const int TextLengthMax = 64 * 1024;

    private readonly SafeFileHandle _file;

    private NarFileTree(SafeFileHandle file) => _file = file;

    /// <param name="Start">Byte in the file.</param>
    /// <param name="Length">Bytes.</param>
    public readonly record struct Place(long Start, long Length);

    /// <exception cref="BadFormatException">It is no NAR.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NarFileTree Open(string path)
    {
        var tree = new NarFileTree(File.OpenHandle(path));
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
        var index = new Indexer(stream, tree);
        index.Expect("nix-archive-1");
        index.Node("");
        return tree;
    }

    public void Dispose() => _file.Dispose();

    protected override byte[] ReadContent(Place content) =>
        FileRange.Read(_file, content.Start, content.Length);

    protected override string ReadTarget(Place content) =>
        Encoding.UTF8.GetString(ReadContent(content));

    private sealed class Indexer(FileStream stream, NarFileTree tree)
    {
        public void Node(string path)
        {
            Expect("(");
            Expect("type");
            switch (Text())
            {
                case "regular":
                    Regular(path);
                    break;
                case "symlink":
                    Expect("target");
                    tree.Add(path, TreeEntryKind.SymbolicLink, Skip());
                    Expect(")");
                    break;
                case "directory":
                    tree.Add(path, TreeEntryKind.Directory, default);
                    while (Text() is "entry")
                        Entry(path);
                    break;
                case var other:
                    throw new BadFormatException($"unknown type '{other}' in a cached archive");
            }
        }

        public void Expect(string word)
        {
            var found = Text();
            if (found != word)
                throw new BadFormatException(
                    $"expected '{word}' in a cached archive, found '{found}'"
                );
        }

        private void Regular(string path)
        {
            var word = Text();
            var isExecutable = word == "executable";
            if (isExecutable)
            {
                Expect("");
                word = Text();
            }

            var kind = isExecutable ? TreeEntryKind.Executable : TreeEntryKind.Regular;
            if (word == "contents")
            {
                tree.Add(path, kind, Skip());
                word = Text();
            }
            else
                tree.Add(path, kind, default);
            if (word != ")")
                throw new BadFormatException("a file in a cached archive does not end");
        }

        private void Entry(string path)
        {
            Expect("(");
            Expect("name");
            var name = Text();
            Expect("node");
            Node($"{path}/{name}");
            Expect(")");
        }

        private string Text()
        {
            var length = Length();
            if (length > TextLengthMax)
                throw new BadFormatException("a word in a cached archive is too long");
            Span<byte> bytes = stackalloc byte[256];
            if (length > bytes.Length)
                bytes = new byte[length];
            stream.ReadExactly(bytes[..(int)length]);
            Pad(length);
            return Encoding.UTF8.GetString(bytes[..(int)length]);
        }

        private Place Skip()
        {
            var length = Length();
            var place = new Place(stream.Position, length);
            stream.Seek(length, SeekOrigin.Current);
            Pad(length);
            return place;
        }

        private long Length()
        {
            Span<byte> bytes = stackalloc byte[8];
            stream.ReadExactly(bytes);
            var length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            return length >= 0 && length <= stream.Length
                ? length
                : throw new BadFormatException("a length in a cached archive is wrong");
        }

        private void Pad(long length) => stream.Seek((8 - (length & 7)) & 7, SeekOrigin.Current);
    }
}
