using Ferry.Formats.Nar;
using Ferry.Platform;
using Ferry.Platform.Files;
using Ferry.Store.FileTrees;

namespace Ferry.Store.Tests.FileTrees;

public sealed class FileTreeTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void A_tree_is_dumped_as_stock_dumps_it()
    {
        StockNix.Require();
        var tree = MakeTree();
        var byStock = _scratch.File("stock.nar");
        StockNix.Run("sh", "-c", $"nix-store --dump '{tree}' > '{byStock}'");

        Assert.Equal(File.ReadAllBytes(byStock), Dump(tree));
    }

    [Fact]
    public void A_dumped_tree_is_restored_the_same()
    {
        var nar = Dump(MakeTree());
        var restored = _scratch.File("restored");

        Restore(nar, restored);

        Assert.Equal(nar, Dump(restored));
        Assert.True(FileStatus.Get($"{restored}/run").IsExecutable);
    }

    [Fact]
    public void Names_that_are_not_text_survive()
    {
        var tree = _scratch.File("bytes");
        Directory.CreateDirectory(tree);
        var name = NativePath.FromString(tree).Append([0xff, 0xfe, (byte)'x']);
        FileHandles.Open(name, FileOpening.Write | FileOpening.Create).Dispose();
        var restored = _scratch.File("restored");

        Restore(Dump(tree), restored);

        Assert.Equal([0xff, 0xfe, (byte)'x'], Assert.Single(DirectoryListing.Read(restored)));
    }

    [Fact]
    public void Nothing_that_exists_is_overwritten()
    {
        var nar = Dump(MakeTree());
        var occupied = _scratch.Write("occupied", "mine");

        Assert.Throws<StoreException>(() => Restore(nar, occupied));
        Assert.Equal("mine", File.ReadAllText(occupied));
    }

    [Fact]
    public void A_pipe_cannot_be_dumped()
    {
        StockNix.Require();
        StockNix.Run("mkfifo", _scratch.File("pipe"));

        var exception = Assert.Throws<StoreException>(() => Dump(_scratch.File("pipe")));

        Assert.EndsWith("has an unsupported type", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_deeper_than_the_format_allows_is_refused()
    {
        var deep = _scratch.File("deep");
        Directory.CreateDirectory(
            deep + string.Concat(Enumerable.Repeat("/d", NarLimits.DepthMax))
        );

        var exception = Assert.Throws<StoreException>(() => Dump(deep));

        Assert.Contains("maximum NAR directory depth", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_deeper_than_the_number_of_open_files_is_removed()
    {
        // 5,000 levels, far beyond the length of a path; made as a build would, step by step from within.
        var root = _scratch.File("deep");
        Directory.CreateDirectory(root);
        using (var top = Platform.Directories.DirectoryHandle.Open(root))
        {
            var current = top;
            for (var level = 0; level < 5000; level++)
            {
                current.CreateDirectory("d"u8, 0b111_000_000);
                var next = current.OpenDirectory("d"u8);
                if (current != top)
                    current.Dispose();
                current = next;
            }
            current.Dispose();
        }

        Trees.Remove(root);

        Assert.False(Directory.Exists(root));
    }

    [Fact]
    public void A_filter_sees_each_entry_by_its_path_and_kind()
    {
        var seen = new List<string>();
        var nar = new MemoryStream();
        var writer = new NarWriter(nar);
        FileTreeReader.Read(
            MakeTree(),
            writer,
            (path, kind) =>
            {
                seen.Add($"{path} {kind}");
                return path != "/directory";
            }
        );
        writer.Complete();

        Assert.Equal(
            ["/directory Directory", "/empty Regular", "/link SymbolicLink", "/run Regular"],
            seen
        );
        Assert.Equal(
            "directory-less",
            nar.ToArray().AsSpan().IndexOf("directory\0\0\0"u8)
            == nar.ToArray().AsSpan().LastIndexOf("directory\0\0\0"u8)
                ? "directory-less"
                : "with the directory"
        );
    }

    public void Dispose() => _scratch.Dispose();

    private string MakeTree()
    {
        _scratch.Write("tree/directory/file", new string('y', 12_345));
        _scratch.Write("tree/empty", "");
        _scratch.Write("tree/run", "#!/bin/sh\n");
        FileMetadata.ChangeMode(_scratch.File("tree/run"), 0b111_000_000);
        File.CreateSymbolicLink(_scratch.File("tree/link"), "directory/file");
        return _scratch.File("tree");
    }

    private static byte[] Dump(string path)
    {
        var nar = new MemoryStream();
        var writer = new NarWriter(nar);
        FileTreeReader.Read(path, writer);
        writer.Complete();
        return nar.ToArray();
    }

    private static void Restore(byte[] nar, string path)
    {
        using var files = new FileTreeWriter(path);
        NarReader.Read(new MemoryStream(nar), files);
    }
}
