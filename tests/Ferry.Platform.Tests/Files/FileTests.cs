using System.ComponentModel;
using Ferry.Platform.Directories;
using Ferry.Platform.Files;

namespace Ferry.Platform.Tests.Files;

public class FileTests
{
    [Fact]
    public void A_name_that_is_not_utf_8_survives_listing_and_removal()
    {
        using var scratch = new Scratch();
        byte[] odd = [0xff, 0x20, 0xfe];
        var path = NativePath.FromString(scratch.Path).Append(odd);
        FileHandles.Open(path, FileOpening.Write | FileOpening.Create | FileOpening.New).Dispose();

        Assert.Equal([odd], DirectoryListing.Read(scratch.Path));
        Assert.True(Names.RemoveFile(path));
        Assert.Empty(DirectoryListing.Read(scratch.Path));
    }

    [Fact]
    public void Listings_come_in_byte_order()
    {
        using var scratch = new Scratch();
        foreach (var name in new[] { "b", "a", "Z", "aa", "é" })
            File.WriteAllText(scratch[name], "");

        var names = DirectoryListing.Read(scratch.Path).Select(System.Text.Encoding.UTF8.GetString);

        Assert.Equal(["Z", "a", "aa", "b", "é"], names);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData(1_000_003)]
    public void A_file_is_read_whole(int length)
    {
        using var scratch = new Scratch();
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        File.WriteAllBytes(scratch["file"], bytes);

        Assert.Equal(bytes, FileContents.Read(scratch["file"]));
    }

    [Fact]
    public void Reading_a_directory_or_nothing_says_so()
    {
        using var scratch = new Scratch();

        Assert.Equal(
            21,
            Assert.Throws<Win32Exception>(() => FileContents.Read(scratch.Path)).NativeErrorCode
        );
        Assert.Equal(
            2,
            Assert.Throws<Win32Exception>(() => FileContents.Read(scratch["none"])).NativeErrorCode
        );
    }

    [Fact]
    public void A_link_keeps_its_own_time_and_target_bytes()
    {
        using var scratch = new Scratch();
        var link = scratch["link"];
        SymbolicLink.Create("/nowhere/at all", link);
        FileMetadata.SetModified(link, 1);

        var status = FileStatus.Get(link);

        Assert.Equal(FileKind.SymbolicLink, status.Kind);
        Assert.Equal((1, 0), (status.ModifiedSeconds, status.ModifiedNanoseconds));
        Assert.Equal("/nowhere/at all"u8.ToArray(), SymbolicLink.ReadTarget(link));
        Assert.Null(FileStatus.TryGet(link, followsLink: true));
    }

    [Fact]
    public void A_hard_link_is_the_same_file()
    {
        using var scratch = new Scratch();
        File.WriteAllText(scratch["a"], "12345");

        Assert.True(HardLink.TryCreate(scratch["a"], scratch["b"]));

        var (first, second) = (FileStatus.Get(scratch["a"]), FileStatus.Get(scratch["b"]));
        Assert.Equal((first.Inode, first.Device), (second.Inode, second.Device));
        Assert.Equal((2u, 5L), (second.LinkCount, second.SizeBytes));
    }

    [Fact]
    public void A_failure_names_the_path_and_the_reason()
    {
        var failure = Assert.Throws<Win32Exception>(() => FileStatus.Get("/no/such/thing"));

        Assert.Equal(2, failure.NativeErrorCode);
        Assert.Contains(
            "'/no/such/thing': No such file",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_tree_with_read_only_directories_can_be_removed()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["top/below"]);
        File.WriteAllText(scratch["top/below/file"], new string('x', 5000));
        SymbolicLink.Create("/etc", scratch["top/below/link"]);
        FileMetadata.ChangeMode(scratch["top/below"], 0b101_101_101);
        FileMetadata.ChangeMode(scratch["top"], 0b101_101_101);

        Assert.True(Trees.Remove(scratch["top"]) >= 5000);
        Assert.Null(FileStatus.TryGet(scratch["top"]));
        Assert.True(Directory.Exists("/etc"));
    }

    // A hostile build can make such a tree: no path leads to its end.
    [Fact]
    public void A_tree_deeper_than_any_path_can_be_removed()
    {
        const int depth = 250;
        using var scratch = new Scratch();
        var name = Enumerable.Repeat((byte)'d', 50).ToArray();
        var directory = DirectoryHandle.Open(scratch.Path);
        for (var level = 0; level < depth; level++)
        {
            directory.CreateDirectory(name, 0b111_111_111);
            var below = directory.OpenDirectory(name);
            directory.Dispose();
            directory = below;
        }
        directory.Dispose();

        Trees.Remove(NativePath.FromString(scratch.Path).Append(name));

        Assert.Empty(DirectoryListing.Read(scratch.Path));
    }

    [Fact]
    public void Locks_of_one_process_exclude_each_other()
    {
        using var scratch = new Scratch();
        using var first = FileLock.Open(scratch["lock"]);
        using var second = FileLock.Open(scratch["lock"]);

        Assert.True(first.TryAcquire(FileLockKind.Shared));
        Assert.True(second.TryAcquire(FileLockKind.Shared));
        Assert.False(second.TryAcquire(FileLockKind.Exclusive));
        first.Release();
        Assert.True(second.TryAcquire(FileLockKind.Exclusive));
        Assert.False(second.IsStale());
        File.Delete(scratch["lock"]);
        Assert.True(second.IsStale());
    }

    [Fact]
    public void A_path_with_a_nul_byte_is_refused() =>
        Assert.Throws<ArgumentException>(() => NativePath.FromString("a\0b"));
}
