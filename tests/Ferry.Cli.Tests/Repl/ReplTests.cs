namespace Ferry.Cli.Tests.Repl;

/// <summary>Sessions whose lines come through a pipe, with what stock Nix 2.34.8 prints for them.</summary>
public sealed class ReplTests
{
    private const string Prompt = "nix-repl> ";

    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("\"$\" + \"{hi}\"", "\"\\${hi}\"")]
    [InlineData("[ ]", "[ ]")]
    [InlineData("{ a = { b = 2; }; }", "{\n  a = { ... };\n}")]
    [InlineData(":p { a = { b = 2; }; }", "{\n  a = { b = 2; };\n}")]
    [InlineData("let x = { inherit x; y = 1; }; in x", "{\n  x = «repeated»;\n  y = 1;\n}")]
    [InlineData(":p \"a\\nb\"", "a\nb")]
    [InlineData(":t x: x", "a function")]
    [InlineData(":te", "showing error traces")]
    public void A_line_is_answered_as_by_stock(string line, string answer) =>
        Assert.Equal($"{Prompt}{line}\n{answer}\n\n{Prompt}\n", Output(line));

    [Fact]
    public void Names_mean_what_they_meant_when_a_line_was_typed() =>
        Assert.Contains("\n1\n", Output("x = 1", "y = x", "x = 2", "y"), StringComparison.Ordinal);

    [Fact]
    public void Bindings_may_inherit_and_leave_out_the_last_semicolon() =>
        Assert.Contains(
            "\n33\n",
            Output("a = { p = 10; q = 3; }", "inherit (a) p; r = 20", "inherit (a) q", "p + q + r"),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_line_that_is_not_complete_goes_on() =>
        Assert.Equal(
            $"{Prompt}x = ''\n        >   hello\n        > ''\n\n{Prompt}x\n\"hello\\n\"\n\n{Prompt}\n",
            Output("x = ''", "  hello", "''", "x")
        );

    [Fact]
    public void A_failure_ends_a_line_and_not_the_session()
    {
        var outcome = Run("nope", "builtins.throw \"no\"", ":zz", "builtins.length [ 1 2 ]");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains(
            "error: undefined variable 'nope'",
            outcome.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("error: unknown command ':zz'", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("\n2\n", Plain(outcome.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_added_can_be_named_and_listed()
    {
        var outcome = Run(":a { a = 1; \"with spaces\" = 4; }", "a", ":ll");

        Assert.Contains(
            "Added 2 variables.\na, \"with spaces\"",
            outcome.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(":ll\na\nwith spaces\n", Plain(outcome.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_is_documented_by_the_comment_before_it() =>
        Assert.Contains(
            "Function `f`\n  … defined at «string»:1:19\n\nTwice.\n",
            Output("f = /** Twice. */ x: 2 * x", ":doc f"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Packages_of_the_set_are_named_without_their_system() =>
        Assert.Contains(
            "\"riscv64-unknown-linux-gnu\"\n",
            Plain(
                FerryProgram
                    .Run(
                        new RunOptions { Input = "pkgsCross.riscv64.stdenv.hostPlatform.config\n" },
                        "repl",
                        "--store",
                        "dummy://",
                        "packages"
                    )
                    .Succeeded()
                    .Output
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Nothing_after_quit_is_read() =>
        Assert.DoesNotContain("3", Output(":q", "1 + 2"), StringComparison.Ordinal);

    private static string Output(params string[] lines) => Plain(Run(lines).Output);

    private static Outcome Run(params string[] lines) =>
        FerryProgram.Run(
            new RunOptions { Input = string.Join('\n', lines) + "\n" },
            "repl",
            "--store",
            "dummy://"
        );

    private static string Plain(string text) =>
        System.Text.RegularExpressions.Regex.Replace(
            text,
            "\e\\[[0-9;]*m",
            "",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(10)
        );
}
