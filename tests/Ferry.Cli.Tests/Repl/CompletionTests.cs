using Ferry.Cli.Repl.LineEditing;

namespace Ferry.Cli.Tests.Repl;

public sealed class CompletionTests
{
    [Theory]
    [InlineData(":l", ":l", ":lf", ":ll", ":load")]
    [InlineData(":lf nix", ":lf nixpkgs")]
    [InlineData(":lf ./d", ":lf ./dir/")]
    [InlineData("pk", "pkgs")]
    [InlineData("map (f: pk", "map (f: pkgs")]
    [InlineData("[pkgs.he", "[pkgs.hello")]
    [InlineData("pkgs.", "pkgs.hello", "pkgs.world")]
    [InlineData("import ./", "import ./dir/", "import ./file.nix")]
    [InlineData("import ./.h", "import ./.hidden")]
    [InlineData("nothing.x")]
    [InlineData("zz")]
    public void A_line_is_completed_by_what_its_last_word_can_become(
        string line,
        params string[] expected
    ) => Assert.Equal(expected, Completion.Find(line, new Source()));

    [Fact]
    public void Words_stand_in_columns_read_downwards() =>
        Assert.Equal(
            "alpha    delta\nbeta     epsilon\ngamma\n",
            ColumnLayout.Format(["alpha", "beta", "gamma", "delta", "epsilon"], 20)
        );

    [Fact]
    public void A_word_that_is_wider_than_the_terminal_has_a_line_of_its_own() =>
        Assert.Equal("wide-word\nword\n", ColumnLayout.Format(["wide-word", "word"], 5));

    private sealed class Source : ICompletionSource
    {
        public IEnumerable<string> Commands => [":l", ":lf", ":ll", ":load", ":q"];

        public IEnumerable<string> Variables => ["pkgs", "map", "import"];

        public IEnumerable<string> Flakes => ["nixpkgs", "home"];

        public IEnumerable<string> Attributes(string expression) =>
            expression == "pkgs" ? ["hello", "world"] : [];

        public IEnumerable<string> Files(string folder) =>
            folder == "./" ? ["file.nix", "dir/", ".hidden"] : [];
    }
}
