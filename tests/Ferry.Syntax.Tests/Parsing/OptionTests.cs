using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Parsing;

namespace Ferry.Syntax.Tests.Parsing;

public class OptionTests
{
    private static readonly ParserOptions s_pipes = Nix.Options with { AllowsPipeOperators = true };

    [Theory]
    [InlineData("a |> f |> g", "(g (f a))")]
    [InlineData("g <| f <| a", "(g (f a))")]
    [InlineData("a |> f b", "(f b a)")]
    [InlineData("f b <| a", "(f b a)")]
    [InlineData("a + b |> f -> g", "((f -> g) (a + b))")]
    [InlineData("x: x |> f", "(x: (f x))")]
    public void Pipes_are_calls(string program, string printed) =>
        Assert.Equal(printed, Nix.Print(program, s_pipes));

    [Fact]
    public void Pipes_of_both_directions_do_not_mix() =>
        Assert.Contains("unexpected '<|'", Nix.Fail("a |> f <| b", s_pipes));

    [Fact]
    public void Pipes_need_their_feature() =>
        Assert.Contains(
            "experimental Nix feature 'pipe-operators' is disabled",
            Nix.Fail("a |> f")
        );

    [Fact]
    public void Home_paths_are_refused_in_pure_mode() =>
        Assert.Equal(
            "error: the path '~/x' can not be resolved in pure mode",
            Nix.Fail("~/x", Nix.Options with { IsPure = true })
        );

    [Fact]
    public void Home_paths_need_a_home() =>
        Assert.Contains(
            "home directory",
            Nix.Fail("~/x", Nix.Options with { HomeDirectory = null })
        );

    [Theory]
    [InlineData("f x or", 1)]
    [InlineData("[ f or ]", 1)]
    [InlineData("a.b or c or", 1)]
    [InlineData("f or x", 0)]
    [InlineData("f (x or)", 0)]
    public void Odd_uses_of_or_are_warned_of(string program, int count)
    {
        List<Diagnostic> warnings = [];

        Nix.Parse(program, Nix.Options with { OnWarning = warnings.Add });

        Assert.Equal(count, warnings.Count);
    }

    [Fact]
    public void The_warning_shows_the_expression()
    {
        List<Diagnostic> warnings = [];

        Nix.Parse("f x or", Nix.Options with { OnWarning = warnings.Add });

        Assert.StartsWith(
            """
            warning: at «string»:1:3: This expression uses `or` as an identifier in a way that will change in a future Nix release.
            Wrap this entire expression in parentheses to preserve its current meaning:
                (x or)
            """,
            DiagnosticRenderer.RenderToString(warnings[0], new DiagnosticStyle())
        );
    }

    [Fact]
    public void Forms_that_stock_advises_against_are_warned_of_or_refused()
    {
        List<Diagnostic> warnings = [];
        var options = Nix.Options with
        {
            UrlLiterals = LintLevel.Warn,
            AbsolutePathLiterals = LintLevel.Warn,
            ShortPathLiterals = LintLevel.Warn,
            OnWarning = warnings.Add,
        };

        Nix.Parse("[ a:b /c ~/d e/f ./g ]", options);

        Assert.Equal(
            [
                "URL literals are discouraged. Consider using a string literal \"a:b\" instead (lint-url-literals)",
                "absolute path literals are not portable. Consider replacing path literal '/c' by a string, relative "
                    + "path, or parameter (lint-absolute-path-literals)",
                "home path literals are not portable. Consider replacing path literal '~/d' by a string, relative "
                    + "path, or parameter (lint-absolute-path-literals)",
                "relative path literal 'e/f' should be prefixed with '.' for clarity: './e/f' (lint-short-path-literals)",
            ],
            warnings.Select(warning =>
                System.Text.Encoding.UTF8.GetString(TerminalColor.Strip(warning.Message.Span))
            )
        );
        Assert.Contains(
            "URL literals are disallowed",
            Nix.Fail("a:b", options with { UrlLiterals = LintLevel.Fatal })
        );
    }

    [Theory]
    [InlineData("a = 1;")]
    [InlineData("a.b = 1; inherit c; inherit (d) e;")]
    public void A_line_of_bindings_is_read(string line) =>
        Assert.NotEmpty(Parser.ParseBindings(Nix.Source(line), Nix.Options).Attributes.ToArray());

    [Theory]
    [InlineData("", "syntax error, unexpected end of file, expecting 'inherit'")]
    [InlineData("a = 1", "syntax error, unexpected end of file, expecting ';'")]
    [InlineData("a", "syntax error, unexpected end of file, expecting '.' or '='")]
    [InlineData("1 + 1", "syntax error, unexpected integer, expecting 'inherit'")]
    [InlineData("a = 1; }", "syntax error, unexpected '}', expecting end of file")]
    public void A_line_that_binds_nothing_is_refused(string line, string message)
    {
        var failure = Assert.Throws<SyntaxException>(() =>
            Parser.ParseBindings(Nix.Source(line), Nix.Options)
        );

        Assert.Equal(message, failure.Message);
    }
}
