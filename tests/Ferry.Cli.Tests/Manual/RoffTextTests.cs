using Ferry.Cli.Manual.Rendering;

namespace Ferry.Cli.Tests.Manual;

public class RoffTextTests
{
    [Theory]
    [InlineData("./result", @"\&./result")]
    [InlineData("'a", @"\&\(aqa")]
    [InlineData("..", @"\&..")]
    [InlineData("a.b", "a.b")]
    public void A_line_never_starts_with_a_control_character(string text, string expected) =>
        Assert.Equal(expected, RoffText.Line(text));

    [Theory]
    [InlineData(@"\fB", @"\(rsfB")]
    [InlineData("--no-link", @"\-\-no\-link")]
    [InlineData("^out", @"\(haout")]
    [InlineData("~/.local", @"\(ti/.local")]
    [InlineData("`x`", @"\(gax\(ga")]
    [InlineData("it's", @"it\(aqs")]
    [InlineData("…", @"\[u2026]")]
    [InlineData("🙂", @"\[u1F642]")]
    [InlineData("a\nb", "a b")]
    public void What_roff_would_change_is_escaped(string text, string expected) =>
        Assert.Equal(expected, RoffText.Inside(text));

    [Fact]
    public void Quotes_cannot_end_an_argument() =>
        Assert.Equal(@"""a \(dqb\(dq""", RoffText.Argument("a \"b\""));
}
