using System.Text.RegularExpressions;

namespace Ferry.Cli.Tests.Repl;

/// <summary><c>--debugger</c>, with what stock Nix 2.34.8 prints for the same lines.</summary>
public sealed class DebuggerTests
{
    private const string Broken =
        "let f = a: let d = a + 2; in builtins.seq (builtins.break d) (d + 1); in f 4";

    [Fact]
    public void A_breakpoint_lets_a_person_look_and_go_on()
    {
        var outcome = Run(Broken, [], "a + d", ":c");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("nix-repl> a + d\n10\n\nnix-repl> :c\n7\n", Plain(outcome.Output));
        Assert.Contains("info: breakpoint reached\n\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_shown_by_level()
    {
        var shown = Plain(Run(Broken, [], ":env").Output);

        Assert.Contains(
            "Env level 0\nstatic: d \n\nEnv level 1\nstatic: a \n\nEnv level 2\nstatic: f \n\nEnv level 3\n",
            shown,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Points_are_listed_with_their_places_and_can_be_gone_to()
    {
        var shown = Plain(Run(Broken, [], ":bt", ":st 4", "d", "f").Output);

        Assert.Contains(
            "0: error: breakpoint reached\n\n1: while calling a function\n«string»:1:44\n\n     1| let",
            shown,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "3: while evaluating a 'let' expression\n",
            shown,
            StringComparison.Ordinal
        );
        Assert.Contains("4: while calling 'f'\n«string»:1:9\n", shown, StringComparison.Ordinal);
        Assert.Contains("\n«lambda f @ «string»:1:9»\n", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_stops_where_it_is_thrown_and_then_takes_its_course()
    {
        var outcome = Run(
            "let x.a = 1; in with x; (y: builtins.seq a (throw \"oh snap\")) 3",
            [],
            ":env",
            "a + y"
        );

        Assert.Equal(1, outcome.ExitCode);
        var shown = Plain(outcome.Output);
        Assert.Contains("static: \nwith: a \n", shown, StringComparison.Ordinal);
        Assert.Contains("a + y\n4\n", shown, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(outcome.Error, "error: oh snap"));
    }

    [Fact]
    public void A_failure_that_is_absorbed_stops_too_unless_told_otherwise()
    {
        const string Program = "(x: (builtins.tryEval (assert x; 1)).success) false";

        var stopped = Run(Program, [], "x", ":c");
        var ignoring = Run(Program, ["--ignore-try"], "x", ":c");

        Assert.Contains(
            "This exception occurred in a 'tryEval' call. Use --ignore-try to skip these.",
            stopped.Error,
            StringComparison.Ordinal
        );
        Assert.EndsWith(":c\nfalse\n", Plain(stopped.Output), StringComparison.Ordinal);
        Assert.Equal("false\n", Plain(ignoring.Output));
        Assert.Empty(ignoring.Error);
    }

    [Fact]
    public void A_step_goes_to_the_next_point()
    {
        var shown = Plain(
            Run(
                "(x: builtins.seq (builtins.break x) ((y: y + 1) x)) 1",
                [],
                ":s",
                ":st",
                ":c"
            ).Output
        );

        Assert.Contains(":s\nnix-repl> :st\n\n0: ", shown, StringComparison.Ordinal);
        Assert.EndsWith(":c\n2\n", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--debugger-on-trace", "builtins.trace")]
    [InlineData("--debugger-on-warn", "builtins.warn")]
    public void Messages_stop_where_that_is_asked_for(string option, string builtin) =>
        Assert.Equal(
            "nix-repl> x\n5\n\nnix-repl> :c\n5\n",
            Plain(Run($"(x: {builtin} \"m\" x) 5", [option], "x", ":c").Output)
        );

    [Fact]
    public void Quitting_at_a_breakpoint_ends_the_command_without_a_failure()
    {
        var outcome = Run(Broken, [], ":q");

        Assert.Equal(0, outcome.ExitCode);
        Assert.DoesNotContain("error", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("nix-repl> :q\n", Plain(outcome.Output));
    }

    [Fact]
    public void A_failure_while_looking_stops_nothing()
    {
        var outcome = Run(Broken, [], "throw \"mine\"", "nope", ":c");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("error: mine", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("undefined variable 'nope'", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith(":c\n7\n", Plain(outcome.Output), StringComparison.Ordinal);
    }

    private static Outcome Run(string program, string[] options, params string[] lines) =>
        FerryProgram.Run(
            new RunOptions { Input = string.Join('\n', lines) + "\n" },
            ["eval", "--store", "dummy://", "--debugger", .. options, "--expr", program]
        );

    private static string Plain(string text) =>
        Regex.Replace(text, "\e\\[[0-9;]*m", "", RegexOptions.None, TimeSpan.FromSeconds(10));
}
