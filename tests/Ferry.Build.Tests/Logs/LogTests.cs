using System.Text;
using CsCheck;
using Ferry.Build.Logs;

namespace Ferry.Build.Tests.Logs;

public class LogTests
{
    [Fact]
    public void A_carriage_return_overwrites_the_line_as_on_a_terminal()
    {
        Assert.Equal(["100%", "next"], Lines("  0%\r 50%\r100%\nnext"));
        // Stock cuts the line where the cursor is.
        Assert.Equal(["ab"], Lines("xxxx\rab\n"));
    }

    [Fact]
    public void However_output_is_cut_into_pieces_the_lines_are_the_same() =>
        Gen.Char["ab\r\n"]
            .Array[0, 40]
            .Select(Gen.Int[0, 40])
            .Sample(
                (characters, cut) =>
                {
                    var text = new string(characters);
                    var place = Math.Min(cut, text.Length);
                    Assert.Equal(Lines(text), Lines(text[..place], text[place..]));
                }
            );

    [Fact]
    public void The_tail_keeps_the_last_lines_and_phases_are_events()
    {
        var events = new RecordingEvents();
        using (var log = new BuildLog(null, "d-n.drv", 2, events, RecordingEvents.Activity))
        {
            log.Write("one\ntwo\n@nix {\"action\":\"setPhase\",\"phase\":\"buildPhase\"}\nthree"u8);
            log.Flush();
            Assert.Equal(["two", "three"], log.Tail);
        }

        Assert.Equal(["one", "two", "three"], events.Lines);
        Assert.Equal(["buildPhase"], events.Phases);
    }

    [Fact]
    public void A_message_whose_json_is_broken_is_shown_as_text()
    {
        var events = new RecordingEvents();
        using var log = new BuildLog(null, "d-n.drv", 2, events, RecordingEvents.Activity);
        log.Write("@nix {oops\n"u8);
        Assert.Equal(["@nix {oops"], events.Lines);
    }

    [Fact]
    public void A_kept_log_lies_where_stock_looks_for_it_and_can_be_read_again()
    {
        using var place = new TemporaryDirectory();
        var directory = new LogDirectory(place.Path);
        const string name = "svjq6bn2m1jsd949mqvx7z5sphc833jq-bad.drv";
        using (
            var log = new BuildLog(
                directory,
                name,
                25,
                SilentBuildEvents.Instance,
                RecordingEvents.Activity
            )
        )
            log.WriteLine("hello");

        Assert.Equal(
            Path.Combine(place.Path, "drvs", "sv", "jq6bn2m1jsd949mqvx7z5sphc833jq-bad.drv"),
            directory.PathOf(name)
        );
        using var reader = new StreamReader(directory.TryOpen(name)!);
        Assert.Equal("hello\n", reader.ReadToEnd());
    }

    // printf 'line 1\nline 2\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n' | bzip2
    [Theory]
    [InlineData(BzipSmall, BzipSmallText)]
    public void A_log_that_stock_compressed_is_read(string compressed, string expected)
    {
        using var place = new TemporaryDirectory();
        var directory = new LogDirectory(place.Path);
        const string name = "svjq6bn2m1jsd949mqvx7z5sphc833jq-bad.drv";
        Directory.CreateDirectory(Path.GetDirectoryName(directory.PathOf(name))!);
        File.WriteAllBytes(directory.PathOf(name) + ".bz2", Convert.FromBase64String(compressed));

        using var reader = new StreamReader(directory.TryOpen(name)!);
        Assert.Equal(expected, reader.ReadToEnd());
    }

    private const string BzipSmall =
        "QlpoOTFBWSZTWbzgVv4AAAhZAAAQQAAwQCIlIAAhKTDSehADCrtGCBMZIzhdyRThQkLzgVv4";
    private const string BzipSmallText =
        "line 1\nline 2\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n";

    private static List<string> Lines(params string[] pieces)
    {
        var lines = new List<string>();
        var splitter = new LogLines(line => lines.Add(Encoding.UTF8.GetString(line.Span)));
        foreach (var piece in pieces)
            splitter.Append(Encoding.UTF8.GetBytes(piece));
        splitter.Flush();
        return lines;
    }
}
