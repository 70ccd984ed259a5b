using System.Text;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Text;

namespace Ferry.Syntax.Tests.Diagnostics;

public class RendererTests
{
    private static readonly SourceText s_source = Nix.Source("first\nsecond\nthird");

    [Fact]
    public void An_error_without_a_place_is_one_line() =>
        Assert.Equal("error: nothing works", Render(new Diagnostic("nothing works")));

    [Fact]
    public void Further_lines_are_set_in() =>
        Assert.Equal("error: one\n       two", Render(new Diagnostic("one\ntwo")));

    [Fact]
    public void A_place_is_shown_between_its_neighbours() =>
        Assert.Equal(
            """
            error: wrong
                   at «string»:2:3:
                        1| first
                        2| second
                         |   ^
                        3| third
            """,
            Render(new Diagnostic("wrong") { Location = At(8) })
        );

    [Fact]
    public void Traces_come_first_and_are_cut_short()
    {
        var diagnostic = new Diagnostic("wrong")
        {
            Traces = [Trace("while one", 0), Trace("while two", 0), Trace("while three")],
        };

        Assert.Equal(
            """
            error:
                   … while one
                     at «string»:1:1:
                        1| first
                         | ^
                        2| second

                   … while two
                     at «string»:1:1:
                        1| first
                         | ^
                        2| second

                   (stack trace truncated; use '--show-trace' to show the full, detailed trace)

                   error: wrong
            """,
            Render(diagnostic)
        );
        Assert.Contains(
            "… while three",
            Render(diagnostic, new DiagnosticStyle { ShowsTrace = true })
        );
    }

    [Fact]
    public void Many_repeated_frames_are_counted()
    {
        var diagnostic = new Diagnostic("wrong")
        {
            Traces = [.. Enumerable.Repeat(Trace("while going round"), 8)],
        };

        Assert.Equal(
            """
            error:
                   … while going round

                   (7 duplicate frames omitted)

                   error: wrong
            """,
            Render(diagnostic)
        );
    }

    [Fact]
    public void A_frame_that_the_program_asked_for_survives_the_cut()
    {
        var diagnostic = new Diagnostic("wrong")
        {
            Traces =
            [
                Trace("a", 0),
                Trace("b", 0),
                Trace("c"),
                Trace("asked for") with
                {
                    IsAlwaysShown = true,
                },
            ],
        };

        Assert.Contains("… asked for", Render(diagnostic));
        Assert.DoesNotContain("… c", Render(diagnostic));
    }

    [Theory]
    [InlineData("Did you mean a?", "a")]
    [InlineData("Did you mean one of a or b?", "a", "b")]
    [InlineData("Did you mean one of a, b or c?", "a", "b", "c")]
    public void Near_names_are_suggested(string expected, params string[] names) =>
        Assert.EndsWith(expected, Render(new Diagnostic("wrong") { Suggestions = names }));

    [Fact]
    public void Near_names_are_at_most_two_edits_away() =>
        Assert.Equal(
            ["hello", "hallo", "hell", "help"],
            NearNames.Find("hello", ["help", "world", "hallo", "hello", "hell", "heaven"])
        );

    [Fact]
    public void Colours_are_kept_for_terminals_only()
    {
        var diagnostic = new Diagnostic($"no '{TerminalColor.Highlight("x")}'");

        Assert.Equal("error: no 'x'", Render(diagnostic));
        Assert.Equal(
            "\e[31;1merror:\e[0m no '\e[35;1mx\e[0m'",
            Render(diagnostic, new DiagnosticStyle { HasColors = true })
        );
    }

    [Theory]
    [InlineData("a\tb", "a       b")]
    [InlineData("ü\tb", "ü       b")]
    [InlineData("日\tb", "日      b")]
    [InlineData("a\r\ab", "ab")]
    [InlineData("a\e]8;;link\e\\b\e[1;31mc\e[0m", "abc")]
    [InlineData("a\e", "a")]
    public void Control_characters_are_filtered(string text, string filtered) =>
        Assert.Equal(
            filtered,
            Encoding.UTF8.GetString(TerminalText.Filter(Encoding.UTF8.GetBytes(text)))
        );

    private static string Render(Diagnostic diagnostic, DiagnosticStyle? style = null) =>
        DiagnosticRenderer.RenderToString(diagnostic, style ?? new DiagnosticStyle());

    private static SourceLocation At(int offset) => new(s_source, SourcePosition.At(offset));

    private static DiagnosticTrace Trace(string text, int? offset = null) =>
        new(Encoding.UTF8.GetBytes(text), offset is { } known ? At(known) : null);
}
