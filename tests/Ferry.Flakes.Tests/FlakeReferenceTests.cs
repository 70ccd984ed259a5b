using Ferry.Flakes.References;

namespace Ferry.Flakes.Tests;

public sealed class FlakeReferenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ferry-flakes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("packages")]
    [InlineData("flake:packages")]
    public void The_package_set_has_a_name(string text) =>
        Assert.IsType<FlakeReference.PackageSet>(FlakeReference.Parse(text, _folder));

    [Fact]
    public void A_folder_is_taken_as_it_is()
    {
        var reference = FlakeReference.Parse("path:" + _folder, "/");
        Assert.Equal(new FlakeReference.Folder(_folder), reference);
        Assert.Equal("path:" + _folder, reference.ToString());
    }

    [Fact]
    public void A_path_means_the_nearest_folder_above_that_has_a_flake()
    {
        File.WriteAllText(Path.Combine(_folder, "flake.nix"), "{ outputs = _: { }; }");
        Directory.CreateDirectory(Path.Combine(_folder, "below"));
        Assert.Equal(new FlakeReference.Folder(_folder), FlakeReference.Parse("./below", _folder));
    }

    [Fact]
    public void A_folder_of_a_git_repository_is_refused_with_the_way_out()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".git"));
        var failure = Assert.Throws<FlakeException>(() => FlakeReference.Parse(".", _folder));
        Assert.Contains($"'path:{_folder}'", failure.Message);
    }

    [Theory]
    [InlineData("github:owner/name", "fetching by 'github:' is not there yet")]
    [InlineData("somewhere", "cannot find flake 'flake:somewhere'")]
    [InlineData("path:/nonexistent/folder", "path '/nonexistent/folder' does not exist")]
    public void What_cannot_be_fetched_says_why(string text, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<FlakeException>(() => FlakeReference.Parse(text, _folder)).Message
        );
}
