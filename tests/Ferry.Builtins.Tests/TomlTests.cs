using System.Text;
using Ferry.Builtins.Json;
using Ferry.Builtins.Tests.Hosting;
using Ferry.Builtins.Tests.Recorded;
using Ferry.Builtins.Toml;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins.Tests;

public class TomlTests
{
    [Fact]
    public void Documents_are_accepted_and_refused_as_by_stock()
    {
        var wrong = new List<string>();
        foreach (var line in RecordedFile.Lines("toml.jsonl"))
        {
            var text = line.GetProperty("text").GetString()!;
            var isGood = line.GetProperty("accepted").GetBoolean();
            if (isGood != IsAccepted(text))
                wrong.Add($"{(isGood ? "refused" : "accepted")}: {text}");
            else if (line.TryGetProperty("json", out var json) && json.GetString() != Json(text))
                wrong.Add($"expected {json}, got {Json(text)}: {text}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n---\n", wrong));
    }

    // As stock prints them with the experimental feature parse-toml-timestamps.
    [Theory]
    [InlineData("1979-05-27T07:32:00.5+00:00", "1979-05-27T07:32:00.500Z")]
    [InlineData("1979-05-27T07:32:00.000+05:30", "1979-05-27T07:32:00+05:30")]
    [InlineData("1979-05-27t07:32:00.0005-00:00", "1979-05-27T07:32:00.000500Z")]
    [InlineData("1979-05-27 07:32:00z", "1979-05-27T07:32:00Z")]
    [InlineData("1979-05-27 07:32:00.1234567891", "1979-05-27T07:32:00.123456789")]
    [InlineData("0000-01-01", "0000-01-01")]
    [InlineData("07:32:60", "07:32:60")]
    public void A_date_or_time_becomes_a_set(string written, string printed) =>
        Assert.Equal(
            $$$"""{"a":{"_type":"timestamp","value":"{{{printed}}}"}}""",
            Json("a = " + written)
        );

    private static string Json(string text)
    {
        var evaluator = new TestEvaluation().Evaluator;
        return evaluator.Run(() =>
        {
            var context = StringContext.Empty;
            var value = TomlValues.ToValue(
                TomlReader.Read(Encoding.UTF8.GetBytes(text)),
                allowsTimestamps: true
            );
            return JsonValues
                .Write(evaluator, value, ref context, new JsonValueOptions())
                .ToString();
        });
    }

    private static bool IsAccepted(string text)
    {
        try
        {
            TomlReader.Read(Encoding.UTF8.GetBytes(text));
            return true;
        }
        catch (TomlTextException)
        {
            return false;
        }
    }
}
