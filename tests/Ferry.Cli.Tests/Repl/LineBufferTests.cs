using Ferry.Cli.Repl.LineEditing;

namespace Ferry.Cli.Tests.Repl;

public sealed class LineBufferTests
{
    private readonly LineBuffer _line = new();

    [Fact]
    public void Text_goes_in_at_the_cursor()
    {
        _line.Replace("let  in x");
        _line.MoveToStart();
        _line.MoveWordRight();
        _line.Insert(" x = 1;");

        Assert.Equal("let x = 1;  in x", _line.Text);
        Assert.Equal(10, _line.Cursor);
    }

    [Fact]
    public void What_was_cut_can_be_put_in_elsewhere()
    {
        _line.Replace("builtins.map f");
        _line.CutWordLeft();
        _line.DeleteLeft();
        _line.MoveToStart();
        _line.Paste();

        Assert.Equal("fbuiltins.map", _line.Text);
        Assert.Equal("f", _line.Cut);
    }

    [Fact]
    public void A_cut_of_nothing_keeps_what_was_cut_before()
    {
        _line.Replace("one two");
        _line.CutToStart();
        _line.CutToEnd();
        _line.CutWordRight();

        Assert.Equal("one two", _line.Cut);
        Assert.True(_line.IsEmpty);
    }

    [Fact]
    public void A_character_of_two_code_units_is_one_step()
    {
        _line.Replace("a👉b");
        _line.MoveLeft();
        _line.MoveLeft();
        Assert.Equal(1, _line.Cursor);

        _line.DeleteRight();
        Assert.Equal("ab", _line.Text);
    }

    [Fact]
    public void Nothing_happens_beyond_the_ends()
    {
        _line.MoveLeft();
        _line.DeleteLeft();
        _line.MoveRight();
        _line.DeleteRight();
        _line.Transpose();
        Assert.Equal("", _line.Text);

        _line.Replace("ab");
        _line.Transpose();
        Assert.Equal("ba", _line.Text);
    }
}
