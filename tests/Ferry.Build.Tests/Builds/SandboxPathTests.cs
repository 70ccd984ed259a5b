using Ferry.Build.Sandbox;
using Ferry.Store.Tests;

namespace Ferry.Build.Tests.Builds;

/// <summary>The setting <c>sandbox-paths</c>: what builds see of the host because a person said so.</summary>
public sealed class SandboxPathTests : IDisposable
{
    private const string Look =
        "for f in /seen/file /seen/tree/inner /gone $place/file; do "
        + "[ -e $f ] && read line < $f && echo \"$line\" || echo none; done > $out";

    private readonly BuildStore _store = BuildStore.OpenOrSkip();
    private readonly TemporaryDirectory _place = new();

    public SandboxPathTests()
    {
        Directory.CreateDirectory(Path.Combine(_place.Path, "tree"));
        File.WriteAllText(Path.Combine(_place.Path, "file"), "a file\n");
        File.WriteAllText(Path.Combine(_place.Path, "tree", "inner"), "in a tree\n");
    }

    public void Dispose()
    {
        _store.Dispose();
        _place.Dispose();
    }

    private string[] Words =>
        [
            $"/seen/file={_place.Path}/file",
            $"/seen/tree={_place.Path}/tree",
            "/gone=/nonexistent/path?",
            $"{_place.Path}/file",
        ];

    [Theory]
    [InlineData("/a", "/a", "/a", false)]
    [InlineData("/a?", "/a", "/a", true)]
    [InlineData("/a=/b", "/a", "/b", false)]
    [InlineData("/a=/b=c?", "/a", "/b=c", true)]
    public void A_word_names_target_and_source(
        string word,
        string target,
        string source,
        bool isOptional
    ) => Assert.Equal(new SandboxPath(target, source, isOptional), SandboxPath.Parse(word));

    [Theory]
    [InlineData("relative")]
    [InlineData("/a=relative")]
    [InlineData("=/a")]
    [InlineData("?")]
    public void A_word_that_names_no_absolute_path_is_refused(string word) =>
        Assert.Contains(
            $"'{word}'",
            Assert.Throws<FormatException>(() => SandboxPath.Parse(word)).Message
        );

    [Fact]
    public void Builds_see_what_was_named_and_pass_over_what_may_be_missing()
    {
        var derivation = _store.Add("look", Look, BuildStore.With(("place", _place.Path)));
        _store.Build(derivation, Settings(Words));
        Assert.Equal("a file\nin a tree\nnone\na file\n", _store.OutputText(derivation));
    }

    [Fact]
    public void What_is_missing_and_must_be_there_is_named()
    {
        var result = _store.Fail(
            _store.Add("look", "echo > $out"),
            Settings(["/gone=/nonexistent/path"])
        );
        Assert.Contains("cannot put '/nonexistent/path' into the sandbox", result.Message);
        _store.AssertClean();
    }

    [Fact]
    public void A_source_in_the_store_comes_with_its_closure()
    {
        var needed = _store.Add("needed", "echo deep > $out");
        var named = _store.Add("named", "echo $needed > $out", _store.Needs(needed));
        _store.Build(named);
        var source = _store.Store.Directory.Format(_store.Output(named));

        var look = _store.Add("look", "read path < /tool; read word < $path; echo $word > $out");
        _store.Build(look, Settings([$"/tool={source}"]));

        Assert.Equal("deep\n", _store.OutputText(look));
    }

    [Fact]
    public void Stock_sees_the_same()
    {
        StockNix.Require("2.34");
        File.Copy(_store.Shell, Path.Combine(_place.Path, "sh"));
        var expression = Path.Combine(_place.Path, "look.nix");
        File.WriteAllText(
            expression,
            $$"""
            derivation {
              name = "look"; system = "{{BuildStore.System}}"; builder = "/bin/sh"; place = "{{_place.Path}}";
              args = [ "-c" {{Quote(Look)}} ];
            }
            """
        );
        var theirs = Path.Combine(_place.Path, "stock");
        string[] options = ["--store", theirs, "--option", "build-users-group", ""];
        string[] strict =
        [
            "--option",
            "sandbox-fallback",
            "false",
            "--option",
            "substitute",
            "false",
        ];
        var words = string.Join(' ', Words.Prepend($"/bin/sh={_place.Path}/sh"));

        var path = StockNix
            .Run([
                "nix-build",
                .. options,
                .. strict,
                "--option",
                "sandbox-paths",
                words,
                "--no-out-link",
                expression,
            ])
            .Trim();

        var derivation = _store.Add("look", Look, BuildStore.With(("place", _place.Path)));
        _store.Build(derivation, Settings(Words));
        Assert.Equal(File.ReadAllText(theirs + path), _store.OutputText(derivation));
    }

    private BuildSettings Settings(IEnumerable<string> words) =>
        _store.Settings with
        {
            SandboxPaths = [.. words.Select(SandboxPath.Parse)],
        };

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("$", "\\$")}\"";
}
