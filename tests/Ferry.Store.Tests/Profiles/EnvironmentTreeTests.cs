using Ferry.Formats.StorePaths;
using Ferry.Store.FileTrees;
using Ferry.Store.Profiles;

namespace Ferry.Store.Tests.Profiles;

public sealed class EnvironmentTreeTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly List<string> _warnings = [];

    [Fact]
    public void A_folder_of_one_package_is_one_link()
    {
        var a = Package("a", "bin/a", "share/doc/a");

        Assert.Equal(
            [$"bin -> {a}/bin", $"share -> {a}/share"],
            Build(new EnvironmentPackage(a, 5))
        );
    }

    [Fact]
    public void A_folder_of_two_packages_has_links_to_what_is_in_both()
    {
        var (a, b) = (Package("a", "bin/a", "share/x"), Package("b", "bin/b"));

        Assert.Equal(
            [$"bin/a -> {a}/bin/a", $"bin/b -> {b}/bin/b", $"share -> {a}/share"],
            Build(new(a, 5), new(b, 5))
        );
    }

    [Fact]
    public void Of_two_files_with_one_name_that_of_the_smaller_priority_wins()
    {
        var (a, b) = (Package("a", "bin/x"), Package("b", "bin/x"));

        Assert.Equal([$"bin/x -> {b}/bin/x"], Build(new(a, 6), new(b, 5)));
        Assert.Equal([$"bin/x -> {a}/bin/x"], Build(new(a, -1), new(b, 5)));
    }

    [Fact]
    public void Two_files_of_one_priority_are_a_conflict()
    {
        var (a, b) = (Package("a", "bin/x"), Package("b", "bin/x"));

        var conflict = Assert.Throws<EnvironmentConflictException>(() =>
            Build(new(b, 5), new(a, 5))
        );

        Assert.Equal(
            ($"{a}/bin/x", $"{b}/bin/x", 5),
            (conflict.Existing, conflict.Added, conflict.Priority)
        );
    }

    [Fact]
    public void A_file_where_another_package_has_a_folder_is_an_error()
    {
        var (a, b) = (Package("a", "bin/x"), Package("b", "bin"));
        var c = Package("c", "bin/z");

        Assert.Contains(
            "collision between non-directory",
            Assert.Throws<StoreException>(() => Build(new(a, 5), new(c, 5), new(b, 6))).Message
        );
        Assert.Contains(
            "and non-directory",
            Assert.Throws<StoreException>(() => Build(new(a, 6), new(b, 5))).Message
        );
    }

    [Fact]
    public void A_package_that_takes_no_part_is_left_out()
    {
        Assert.Empty(Build(new EnvironmentPackage(Package("a", "bin/x"), 5, IsActive: false)));
    }

    [Fact]
    public void Packages_that_others_bring_along_come_last()
    {
        var (a, b) = (Package("a", "bin/x"), Package("b", "bin/x", "bin/y"));
        Write($"{a}/nix-support/propagated-user-env-packages", $"{b}\n");

        Assert.Equal(
            [$"bin/x -> {a}/bin/x", $"bin/y -> {b}/bin/y"],
            Build(new EnvironmentPackage(a, 5))
        );
    }

    [Fact]
    public void Hidden_files_manifests_and_dangling_links_are_left_out()
    {
        var a = Package(
            "a",
            ".hidden",
            "manifest.nix",
            "manifest.json",
            "nix-support/x",
            "info/dir"
        );
        File.CreateSymbolicLink($"{a}/gone", "/nonexistent");

        Assert.Equal([$"info -> {a}/info"], Build(new EnvironmentPackage(a, 5)));
        Assert.Equal(["skipping dangling symlink '/gone'"], _warnings);
    }

    [Fact]
    public void A_package_that_is_a_file_is_left_out_with_a_warning()
    {
        var file = _scratch.Write("file", "text");

        Assert.Empty(Build(new EnvironmentPackage(file, 5)));
        Assert.Equal(
            [$"not including \"{file}\" in the user environment because it's not a directory"],
            _warnings
        );
    }

    [Fact]
    public void A_folder_behind_a_link_is_split_by_its_real_path()
    {
        var (a, b, c) = (Package("a"), Package("b", "bin/b"), Package("c", "tools/c"));
        File.CreateSymbolicLink($"{a}/bin", $"{c}/tools");

        Assert.Equal([$"bin/b -> {b}/bin/b", $"bin/c -> {c}/tools/c"], Build(new(a, 5), new(b, 5)));
    }

    public void Dispose() => _scratch.Dispose();

    private string[] Build(params EnvironmentPackage[] packages)
    {
        _warnings.Clear();
        var tree = new EnvironmentTree(
            new LogicalFiles(StoreDirectory.Default, _ => null),
            _warnings.Add
        );
        tree.Add(packages);
        var output = _scratch.File($"out-{Guid.NewGuid()}");
        using (var writer = new FileTreeWriter(output))
            tree.Write(writer);
        return
        [
            .. Directory
                .EnumerateFileSystemEntries(output, "*", SearchOption.AllDirectories)
                .Where(path => new FileInfo(path).LinkTarget is not null)
                .Select(path => $"{path[(output.Length + 1)..]} -> {new FileInfo(path).LinkTarget}")
                .Where(line => line.Count(character => character == '>') == 1)
                .Order(StringComparer.Ordinal),
        ];
    }

    private string Package(string name, params string[] files)
    {
        var folder = Directory.CreateDirectory(_scratch.File(name)).FullName;
        foreach (var file in files)
            Write($"{folder}/{file}", "");
        return folder;
    }

    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
