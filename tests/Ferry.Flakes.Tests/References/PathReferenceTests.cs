using Ferry.Flakes.References;

namespace Ferry.Flakes.Tests.References;

public sealed class PathReferenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ferry-flakes-").FullName;
    private readonly List<string> _notes = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("packages", true)]
    [InlineData("flake:packages", true)]
    [InlineData("packages/main", false)]
    [InlineData("nixpkgs", false)]
    public void The_package_set_has_a_name(string text, bool isIt) =>
        Assert.Equal(isIt, Parse(text).IsPackageSet);

    [Fact]
    public void A_path_means_the_nearest_folder_above_that_has_a_flake()
    {
        Write("flake.nix");
        Directory.CreateDirectory(Path.Combine(_folder, "below"));
        Assert.Equal("path:" + _folder, Parse("./below").ToString());
        Assert.Contains("searching up", Assert.Single(_notes));
    }

    [Fact]
    public void A_folder_in_a_repository_is_what_git_sees()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".git"));
        Write("flake.nix");
        Write("sub/flake.nix");
        Assert.Equal($"git+file://{_folder}", Parse(".").ToString());
        Assert.Equal($"git+file://{_folder}?dir=sub", Parse("./sub").ToString());
        Assert.Equal($"git+file://{_folder}?dir=sub", Parse("./sub?").ToString());
        Assert.Equal($"path:{_folder}", Parse($"path:{_folder}").ToString());
    }

    [Fact]
    public void The_search_for_a_flake_ends_at_the_repository()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".git"));
        Assert.Contains(
            "is not part of a flake",
            Assert.Throws<FlakeException>(() => Parse(".")).Message
        );
    }

    [Fact]
    public void The_file_itself_is_taken_for_its_folder()
    {
        Write("flake.nix");
        Assert.Equal("path:" + _folder, Parse("./flake.nix").ToString());
        Write("other.nix");
        Assert.Contains(
            "because it's not a directory",
            Assert.Throws<FlakeException>(() => Parse("./other.nix")).Message
        );
    }

    [Fact]
    public void A_fragment_is_decoded_and_kept_apart()
    {
        var (reference, fragment) = FlakeReference.ParseWithFragment(
            "nixpkgs#a%20b.c",
            new FlakeReferenceOptions()
        );
        Assert.Equal("flake:nixpkgs", reference.ToString());
        Assert.Equal("a b.c", fragment);
    }

    [Fact]
    public void A_folder_in_an_old_url_makes_no_difference()
    {
        var old = FlakeReference.Of(
            Formats.Inputs.InputAttributes.Of(
                ("type", "git"),
                ("url", "https://example.org/r?dir=sub"),
                ("dir", "sub")
            )
        );
        Assert.Equal(Parse("git+https://example.org/r?dir=sub"), old.Canonicalise());
    }

    private FlakeReference Parse(string text) =>
        FlakeReference.Parse(
            text,
            new FlakeReferenceOptions { BaseFolder = _folder, Note = _notes.Add }
        );

    private void Write(string name)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "{ outputs = _: { }; }");
    }
}
