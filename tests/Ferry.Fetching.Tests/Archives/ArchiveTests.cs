using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Ferry.Fetching.Archives;
using Ferry.Fetching.FileTrees;
using Ferry.Formats.Compression;

namespace Ferry.Fetching.Tests.Archives;

public sealed class ArchiveTests : IDisposable
{
    private static readonly DateTimeOffset s_time = DateTimeOffset.FromUnixTimeSeconds(1000);

    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(CompressionKind.None)]
    [InlineData(CompressionKind.Gzip)]
    [InlineData(CompressionKind.Xz)]
    [InlineData(CompressionKind.Zstandard)]
    public void A_tar_archive_is_unpacked_whatever_compressed_it(CompressionKind kind)
    {
        var tar = Tar(writer =>
        {
            writer.WriteEntry(
                new PaxTarEntry(TarEntryType.Directory, "top/") { ModificationTime = s_time }
            );
            File(writer, "top/file", "hello");
            File(writer, "top/bin/program", "#!/bin/sh", isExecutable: true);
            Link(writer, TarEntryType.SymbolicLink, "top/link", "file");
            Link(writer, TarEntryType.HardLink, "top/other", "top/file");
        });
        using var compressed = new MemoryStream();
        using (var stream = kind.Compress(new Unclosed(compressed)))
            stream.Write(tar);

        using var tree = Unpack(compressed.ToArray());
        Assert.Equal(
            "/\n/bin/\n/bin/program* #!/bin/sh\n/file hello\n/link -> file\n/other hello",
            FetchFixture.Show(SubTree.WithoutSingleDirectory(tree))
        );
        Assert.Equal(1000, tree.LastModified);
    }

    [Fact]
    public void A_tar_archive_in_bzip2_is_unpacked()
    {
        // What bzip2 1.0 made of a tar archive of "top/file".
        const string archive =
            "QlpoOTFBWSZTWW25sr4AAKN7hMmQAFBAAP+AAERjZN4AAACACCAAdBJUaNDJMmI8RM0noJKmjTRpoNAAA7PtKoRaNSAe5CSLYk7yF7B4OC4kEgYBzWmEysmMwGiSjJoiFhUOJMkZ5Pe1Qc5VI+E+o0n3+aQC8iLsedFCwKH/1QuEg8F3JFOFCQbbmyvg";
        using var tree = Unpack(Convert.FromBase64String(archive));
        Assert.Equal("/\n/top/\n/top/file hello", FetchFixture.Show(tree));
    }

    [Fact]
    public void A_zip_archive_keeps_modes_and_links()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Entry(zip, "top/file", "hello", 0x81a4);
            Entry(zip, "top/program", "run", 0x81ed);
            Entry(zip, "top/link", "file", 0xa1ff);
            zip.CreateEntry("top/empty/");
        }

        using var tree = Unpack(bytes.ToArray());
        Assert.Equal(
            "/\n/empty/\n/file hello\n/link -> file\n/program* run",
            FetchFixture.Show(SubTree.WithoutSingleDirectory(tree))
        );
    }

    [Theory]
    [InlineData("../evil", "leads out of it")]
    [InlineData("top/../../evil", "leads out of it")]
    [InlineData("/etc/evil", "has an absolute path")]
    public void An_entry_that_leads_out_is_refused(string name, string reason)
    {
        var tar = Tar(writer => File(writer, name, "x"));
        var failure = Assert.Throws<FetchException>(() => Unpack(tar));
        Assert.Contains(reason, failure.Message);
        Assert.Contains($"'{name}'", failure.Message);
    }

    [Theory]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    [InlineData(TarEntryType.Fifo)]
    public void A_device_is_refused(TarEntryType type)
    {
        var tar = Tar(writer => writer.WriteEntry(new PaxTarEntry(type, "device")));
        var failure = Assert.Throws<FetchException>(() => Unpack(tar));
        Assert.Contains("'device' in tarball has unsupported file type", failure.Message);
    }

    [Fact]
    public void A_file_below_a_link_goes_nowhere()
    {
        var tar = Tar(writer =>
        {
            Link(writer, TarEntryType.SymbolicLink, "link", "/etc");
            File(writer, "link/passwd", "x");
        });
        var failure = Assert.Throws<FetchException>(() => Unpack(tar));
        Assert.Contains("both a directory and a file", failure.Message);
    }

    [Fact]
    public void A_hard_link_to_what_is_not_in_the_archive_is_refused()
    {
        var tar = Tar(writer => Link(writer, TarEntryType.HardLink, "link", "etc/passwd"));
        Assert.Contains(
            "did not come before it",
            Assert.Throws<FetchException>(() => Unpack(tar)).Message
        );
    }

    [Fact]
    public void A_bomb_is_refused_before_it_fills_the_disk()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("zeros").Open();
            var zeros = new byte[1 << 20];
            for (var count = 0; count < 300; count++)
                entry.Write(zeros);
        }

        Assert.Contains(
            "refusing to go on",
            Assert.Throws<FetchException>(() => Unpack(bytes.ToArray())).Message
        );
        Assert.Empty(Directory.GetFiles(_place.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is a text and no archive at all")]
    public void What_is_no_archive_says_so(string contents) =>
        Assert.Equal(
            "Failed to open archive (Unrecognized archive format)",
            Assert.Throws<FetchException>(() => Unpack(Encoding.UTF8.GetBytes(contents))).Message
        );

    [Fact]
    public void A_cut_off_archive_is_an_error()
    {
        var tar = Tar(writer => File(writer, "file", new string('x', 10_000)));
        Assert.Contains(
            "cannot read the archive",
            Assert.Throws<FetchException>(() => Unpack(tar[..5000])).Message
        );
    }

    private UnpackedTree Unpack(byte[] archive) =>
        ArchiveReader.Unpack(
            new MemoryStream(archive),
            Path.Combine(_place.Path, Guid.NewGuid().ToString("N"))
        );

    private static byte[] Tar(Action<TarWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
            write(writer);
        return bytes.ToArray();
    }

    private static void File(
        TarWriter writer,
        string name,
        string contents,
        bool isExecutable = false
    ) =>
        writer.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(contents)),
                ModificationTime = s_time,
                Mode =
                    UnixFileMode.UserRead
                    | (isExecutable ? UnixFileMode.UserExecute : UnixFileMode.None),
            }
        );

    private static void Link(TarWriter writer, TarEntryType type, string name, string target) =>
        writer.WriteEntry(
            new PaxTarEntry(type, name) { LinkName = target, ModificationTime = s_time }
        );

    private static void Entry(ZipArchive zip, string name, string contents, int mode)
    {
        var entry = zip.CreateEntry(name);
        entry.ExternalAttributes = mode << 16;
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(contents));
    }

    /// <summary>Outlives the stream that compresses into it.</summary>
    private sealed class Unclosed(MemoryStream inner) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) =>
            throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) =>
            inner.Write(buffer, offset, count);
    }
}
