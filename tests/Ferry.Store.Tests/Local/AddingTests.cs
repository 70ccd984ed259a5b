using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store.Closures;
using Ferry.Store.FileTrees;
using Ferry.Store.Local;

namespace Ferry.Store.Tests.Local;

public sealed class AddingTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    [Fact]
    public void An_added_tree_has_canonical_metadata_and_the_contents_of_its_source()
    {
        var source = _fixture.MakeTree();
        var real = _fixture.Store.RealPath(_fixture.AddTree(source));

        Assert.Equal(NarIdentity.OfPath(source), NarIdentity.OfPath(real));
        Assert.Equal(0b101_101_101, FileStatus.Get(real).Mode);
        Assert.Equal(0b101_101_101, FileStatus.Get($"{real}/bin/program").Mode);
        Assert.Equal(0b100_100_100, FileStatus.Get($"{real}/empty").Mode);
        string[] files = ["", "/bin", "/bin/program", "/empty", "/Upper", "/directory", "/link"];
        Assert.All(files, file => Assert.Equal(1, FileStatus.Get(real + file).ModifiedSeconds));
    }

    [Fact]
    public void What_is_valid_is_not_written_again()
    {
        var source = _fixture.MakeTree();
        var path = _fixture.AddTree(source);
        var before = FileStatus.Get(_fixture.Store.RealPath(path)).Inode;

        Assert.Equal(path, _fixture.AddTree(source));
        Assert.Equal(before, FileStatus.Get(_fixture.Store.RealPath(path)).Inode);
    }

    [Fact]
    public void Rests_of_a_killed_process_are_replaced()
    {
        var source = _fixture.MakeTree();
        var path = _fixture.AddTree(source);
        _fixture.Store.Invalidate(path);
        var real = _fixture.Store.RealPath(path);
        FileMetadata.ChangeMode(real, 0b111_101_101);
        Trees.Remove($"{real}/bin");

        Assert.Equal(path, _fixture.AddTree(source));
        Assert.Equal(NarIdentity.OfPath(source), NarIdentity.OfPath(real));
    }

    [Fact]
    public void A_reference_that_is_not_valid_is_refused_and_nothing_stays()
    {
        var missing = StorePath.Parse($"{new string('0', 32)}-missing");

        var exception = Assert.Throws<StoreException>(() =>
            _fixture.Store.AddText("text", "text"u8, [missing])
        );

        Assert.Contains("is not valid", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_fixture.Store.QueryAllValid());
        Assert.Equal([".links"], Entries());
    }

    [Fact]
    public void A_nar_that_is_not_what_was_said_is_refused_and_nothing_stays()
    {
        var nar = new MemoryStream();
        NarWriter.WriteFile(nar, "contents"u8, isExecutable: false);
        nar.Position = 0;
        var path = StorePath.Parse($"{new string('0', 32)}-file");
        var info = new PathInfo(path, Hash.Compute(HashKind.Sha256, "other"u8), nar.Length);

        var exception = Assert.Throws<StoreException>(() => _fixture.Store.AddNar(info, nar));

        Assert.Contains(
            "hash mismatch importing path",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Equal([".links"], Entries());
    }

    [Fact]
    public void A_nar_is_read_to_its_end_and_no_further()
    {
        var stream = new MemoryStream();
        NarWriter.WriteFile(stream, "contents"u8, isExecutable: true);
        var nar = stream.ToArray();
        stream.Write("more"u8);
        var path = StorePath.Parse($"{new string('0', 32)}-file");
        var info = new PathInfo(path, Hash.Compute(HashKind.Sha256, nar), nar.Length);

        for (var round = 0; round < 2; round++)
        {
            stream.Position = 0;
            _fixture.Store.AddNar(info, stream);
            Assert.Equal(nar.Length, stream.Position);
        }
        Assert.Equal("contents", File.ReadAllText(_fixture.Store.RealPath(path)));
    }

    [Fact]
    public void Threads_that_add_the_same_things_agree()
    {
        var source = _fixture.MakeTree();
        var paths = new StorePath[8];

        Parallel.For(
            0,
            paths.Length,
            index =>
            {
                paths[index] = _fixture.AddTree(source);
                for (var text = 0; text < 20; text++)
                    _fixture.Store.AddText($"text{text}", "text"u8, [paths[index]]);
            }
        );

        Assert.Single(paths.Distinct());
        Assert.Equal(21, _fixture.Store.QueryAllValid().Count);
    }

    [Fact]
    public void Two_processes_worth_of_stores_see_each_others_paths()
    {
        using var other = _fixture.Open();

        var path = other.AddText("text", "text"u8, []);

        Assert.True(_fixture.Store.IsValid(path));
        Assert.Equal(path, _fixture.Store.QueryPathFromDigest(path.Digest));
        Assert.Equal(path, _fixture.Store.RequireInfo(path).Path);
    }

    [Fact]
    public void A_flat_file_gets_the_path_of_its_hash()
    {
        var file = _fixture.Scratch.Write("file.tar", "contents");

        var path = _fixture.Store.AddTree(
            new TreeToAdd("file.tar", target => FileTreeReader.Read(file, target))
            {
                Method = ContentAddressMethod.Flat,
            }
        );

        var hash = Hash.Compute(HashKind.Sha256, "contents"u8);
        Assert.Equal(
            _fixture.Store.Paths.FixedOutput(
                "file.tar",
                new ContentAddress(ContentAddressMethod.Flat, hash)
            ),
            path
        );
    }

    [Theory]
    [InlineData(32 * 1024 * 1024, 1)]
    [InlineData(1000, 2)]
    public void A_tree_is_asked_for_no_oftener_than_it_must_be(int bufferedBytesMax, int times)
    {
        var source = _fixture.MakeTree();
        var asked = 0;
        var tree = new TreeToAdd(
            "tree",
            target =>
            {
                asked++;
                FileTreeReader.Read(source, target);
            }
        );
        using var store = LocalStore.Open(
            new LocalStoreOptions(_fixture.Store.Location) { BufferedBytesMax = bufferedBytesMax }
        );

        var path = store.AddTree(tree);
        Assert.Equal(times, asked);
        Assert.Equal(path, store.AddTree(tree));
        Assert.Equal(times + 1, asked);
        Assert.Equal(NarIdentity.OfPath(source), NarIdentity.OfPath(store.RealPath(path)));
        Assert.Equal([".links", path.ToString()], Entries().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_source_that_uses_the_store_while_it_is_read_is_not_in_its_own_way()
    {
        var tree = new TreeToAdd(
            "outer",
            target =>
            {
                _ = _fixture.Store.AddText("inner", "text"u8, []);
                target.SymbolicLink("x"u8);
            }
        );
        using var store = LocalStore.Open(
            new LocalStoreOptions(_fixture.Store.Location) { BufferedBytesMax = 1 }
        );

        Assert.Equal(_fixture.Store.AddTree(tree), store.AddTree(tree));
    }

    [Fact]
    public void A_flat_file_loses_its_executable_bit()
    {
        var tree = new TreeToAdd(
            "file",
            target =>
            {
                target.BeginFile(isExecutable: true, 1);
                target.FileContents("x"u8);
                target.EndFile();
            }
        )
        {
            Method = ContentAddressMethod.Flat,
        };

        var path = _fixture.Store.AddTree(tree);

        Assert.False(FileStatus.Get(_fixture.Store.RealPath(path)).IsExecutable);
    }

    public void Dispose() => _fixture.Dispose();

    private string[] Entries() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(_fixture.Store.Location.RealDirectory)
                .Select(entry => Path.GetFileName(entry))
                .Where(name => !name.EndsWith(".lock", StringComparison.Ordinal)),
        ];
}
