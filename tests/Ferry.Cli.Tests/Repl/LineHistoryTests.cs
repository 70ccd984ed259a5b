using Ferry.Cli.Repl.LineEditing;

namespace Ferry.Cli.Tests.Repl;

public sealed class LineHistoryTests
{
    [Fact]
    public void The_line_being_typed_comes_back_after_a_look_at_older_ones()
    {
        var history = new LineHistory();
        history.Add("one");
        history.Add("two");

        Assert.Equal("two", history.Older("thr"));
        Assert.Equal("one", history.Older("two"));
        Assert.Null(history.Older("one"));
        Assert.Equal("two", history.Newer());
        Assert.Equal("thr", history.Newer());
        Assert.Null(history.Newer());
    }

    [Fact]
    public void Repeated_and_empty_lines_are_not_remembered()
    {
        var history = new LineHistory();
        history.Add("one");
        history.Add("one");
        history.Add("  ");

        Assert.Equal(["one"], history.Lines);
    }

    [Fact]
    public void A_search_goes_from_newer_to_older_lines()
    {
        var history = new LineHistory();
        foreach (var line in new[] { "map f", "filter f", "map g" })
            history.Add(line);

        Assert.Equal(2, history.Search("map", history.Lines.Count));
        Assert.Equal(0, history.Search("map", 2));
        Assert.Equal(-1, history.Search("map", 0));
    }

    [Fact]
    public void A_file_keeps_the_lines_for_the_next_session()
    {
        var folder = Directory.CreateTempSubdirectory("ferry-history-").FullName;
        var file = Path.Combine(folder, "below", "history");
        try
        {
            Assert.Empty(LineHistory.Read(file).Lines);
            var history = new LineHistory();
            for (var index = 0; index < 1100; index++)
                history.Add($"{index}");
            history.Write(file);

            Assert.Equal(1000, LineHistory.Read(file).Lines.Count);
            Assert.Equal("1099", LineHistory.Read(file).Older(""));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
