using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Ferry.Builtins.RegularExpressions;
using Ferry.Builtins.Tests.Recorded;

namespace Ferry.Builtins.Tests;

public class RegexTests
{
    [Fact]
    public void Matches_groups_and_errors_are_those_of_stock()
    {
        var wrong = new List<string>();
        foreach (var line in RecordedFile.Lines("regex.jsonl"))
        {
            var pattern = line.GetProperty("pattern").GetString()!;
            var text = line.GetProperty("text").GetString()!;
            var expected = line.GetProperty("answer").GetRawText().Replace(" ", "");
            var actual = Answer(pattern, text);
            if (actual != expected)
                wrong.Add($"'{pattern}' on '{text}': expected {expected}, got {actual}");
        }

        Assert.True(
            wrong.Count == 0,
            $"{wrong.Count} differ:\n{string.Join('\n', wrong.Take(30))}"
        );
    }

    [Fact]
    public void A_long_text_is_matched_in_linear_time_and_without_deep_recursion()
    {
        var text = new byte[100_000];
        Array.Fill(text, (byte)'a');
        var watch = Stopwatch.StartNew();

        Assert.NotNull(PosixRegex.Compile("(a|aa)*(.*)"u8).MatchWhole(text));
        Assert.Null(PosixRegex.Compile("(a*)*b"u8).MatchWhole(text));
        Assert.Empty(PosixRegex.Compile("(a+)+b"u8).MatchAll(text));

        // A second when nothing else runs; backtracking without memory would take longer than the universe has lasted.
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"took {watch.Elapsed}");
    }

    [Fact]
    public void An_interval_beyond_the_state_limit_is_too_large_rather_than_invalid()
    {
        var failure = Assert.Throws<RegexSyntaxException>(() =>
            PosixRegex.Compile("(a{1,1000}){1,1000}"u8)
        );
        Assert.True(failure.IsTooLarge);
    }

    [Fact]
    public void Bytes_that_are_not_ASCII_match_a_dot_one_at_a_time()
    {
        var groups = PosixRegex.Compile("(.)(.)"u8).MatchWhole("ä"u8);
        Capture[] expected = [new(0, 2), new(0, 1), new(1, 2)];
        Assert.Equal(expected, groups!);
    }

    private static string Answer(string pattern, string text)
    {
        try
        {
            var regex = PosixRegex.Compile(Encoding.UTF8.GetBytes(pattern));
            var bytes = Encoding.UTF8.GetBytes(text);
            var whole = regex.MatchWhole(bytes);
            var match = whole is null ? "null" : Groups(whole, bytes);
            return $"[{match},{Split(regex, bytes)}]";
        }
        catch (RegexSyntaxException failure)
        {
            return failure.IsTooLarge ? "\"memory\"" : "\"invalid\"";
        }
    }

    private static string Split(PosixRegex regex, byte[] text)
    {
        var parts = new List<string>();
        var position = 0;
        foreach (var match in regex.MatchAll(text))
        {
            parts.Add(Quote(text[position..match[0].Start]));
            parts.Add(Groups(match, text));
            position = match[0].End;
        }

        parts.Add(Quote(text[position..]));
        return $"[{string.Join(',', parts)}]";
    }

    private static string Groups(Capture[] groups, byte[] text) =>
        $"[{string.Join(',', groups.Skip(1).Select(group => group.IsMatched ? Quote(text[group.Start..group.End]) : "null"))}]";

    private static string Quote(byte[] text) =>
        JsonSerializer.Serialize(Encoding.UTF8.GetString(text));
}
