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
}
