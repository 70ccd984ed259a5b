using System.Buffers.Binary;

namespace Ferry.Formats.Nar;

/// <summary>Reads an archive and hands its tree on, checking everything that the format promises.</summary>
/// <remarks>
/// Grammar: docs/formats/nar.md. Memory is bounded whatever the archive says. Reads to the archive's end and never a byte
/// further, in small pieces, so give it a stream that buffers.
/// </remarks>
public static class NarReader
{
    private const string Magic = "nix-archive-1";
    private const int ChunkLength = 64 * 1024;

    /// <exception cref="BadFormatException">The archive is broken; the target may have got a part of the tree.</exception>
    public static void Read(Stream archive, INarTarget target)
    {
        var reading = new Reading(archive, target);
        reading.Start();
        reading.Node(depth: 0);
    }

    private sealed class Reading(Stream archive, INarTarget target)
    {
        private readonly byte[] _string = new byte[NarLimits.TargetLengthMax + 8];
        private byte[]? _chunk;

        public void Start()
        {
            bool isArchive;
            try
            {
                isArchive = String(Magic.Length).SequenceEqual("nix-archive-1"u8);
            }
            catch (BadFormatException)
            {
                // The first number was no length: it is something else altogether.
                isArchive = false;
            }
            if (!isArchive)
                throw Broken("input doesn't look like a Nix archive");
        }

        public void Node(int depth)
        {
            if (depth >= NarLimits.DepthMax)
                throw Broken(
                    $"NAR directory nesting exceeds maximum depth of {NarLimits.DepthMax}"
                );
            Expect("("u8);
            Expect("type"u8);
            var type = String(NarLimits.TagLengthMax);
            if (type.SequenceEqual("regular"u8))
                File();
            else if (type.SequenceEqual("directory"u8))
                Directory(depth);
            else if (type.SequenceEqual("symlink"u8))
                SymbolicLink();
            else
                throw Broken($"unknown file type '{new ByteString(type)}'");
        }

        private void File()
        {
            var tag = String(NarLimits.TagLengthMax);
            var isExecutable = tag.SequenceEqual("executable"u8);
            if (isExecutable)
            {
                if (!String(lengthMax: 0).IsEmpty)
                    throw Broken("executable marker has non-empty value");
                tag = String(NarLimits.TagLengthMax);
            }
            if (!tag.SequenceEqual("contents"u8))
                throw Broken($"expected tag 'contents', got '{new ByteString(tag)}'");

            var size = Integer();
            target.BeginFile(isExecutable, size);
            _chunk ??= new byte[ChunkLength];
            for (var left = size; left > 0; )
            {
                var count = archive.Read(_chunk, 0, (int)Math.Min(left, ChunkLength));
                if (count == 0)
                    throw EndOfFile();
                target.FileContents(_chunk.AsSpan(0, count));
                left -= count;
            }
            Padding(size);
            target.EndFile();
            Expect(")"u8);
        }

        private void Directory(int depth)
        {
            target.BeginDirectory();
            byte[] lastName = [];
            while (true)
            {
                var tag = String(NarLimits.TagLengthMax);
                if (tag.SequenceEqual(")"u8))
                    break;
                if (!tag.SequenceEqual("entry"u8))
                    throw Broken($"expected tag 'entry' or ')', got '{new ByteString(tag)}'");
                Expect("("u8);
                Expect("name"u8);
                var name = String(NarLimits.NameLengthMax);
                if (!NarLimits.IsGoodName(name))
                    throw Broken($"NAR contains invalid file name '{new ByteString(name)}'");
                if (name.SequenceCompareTo(lastName) <= 0)
                    throw Broken("NAR directory is not sorted");
                lastName = name.ToArray();
                Expect("node"u8);
                target.BeginEntry(lastName);
                Node(depth + 1);
                target.EndEntry();
                Expect(")"u8);
            }
            target.EndDirectory();
        }

        private void SymbolicLink()
        {
            Expect("target"u8);
            var linkTarget = String(NarLimits.TargetLengthMax);
            if (linkTarget.IsEmpty || linkTarget.Contains((byte)0))
                throw Broken("NAR contains invalid symlink target");
            target.SymbolicLink(linkTarget);
            Expect(")"u8);
        }

        private void Expect(ReadOnlySpan<byte> expected)
        {
            var tag = String(NarLimits.TagLengthMax);
            if (!tag.SequenceEqual(expected))
                throw Broken(
                    $"expected tag '{new ByteString(expected)}', got '{new ByteString(tag)}'"
                );
        }

        // The span lies in a buffer that the next call overwrites.
        private ReadOnlySpan<byte> String(int lengthMax)
        {
            var length = Integer();
            if (length > lengthMax)
                throw new BadFormatException("string is too long");
            Exactly(_string.AsSpan(0, (int)length));
            Padding(length);
            return _string.AsSpan(0, (int)length);
        }

        private long Integer()
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            Exactly(bytes);
            var value = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            return value >= 0
                ? value
                : throw new BadFormatException("serialised integer is too large for a NAR");
        }

        private void Padding(long length)
        {
            Span<byte> bytes = stackalloc byte[NarWriter.Padding(length)];
            Exactly(bytes);
            if (bytes.ContainsAnyExcept((byte)0))
                throw new BadFormatException("non-zero padding");
        }

        private void Exactly(Span<byte> bytes)
        {
            if (archive.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                throw EndOfFile();
        }

        private static BadFormatException Broken(string what) => new($"bad archive: {what}");

        private static BadFormatException EndOfFile() => new("unexpected end-of-file");
    }
}
