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

    private static string Json(string text)
    {
        var evaluator = new TestEvaluation().Evaluator;
        return evaluator.Run(() =>
        {
            var context = StringContext.Empty;
            var value = TomlValues.ToValue(TomlReader.Read(Encoding.UTF8.GetBytes(text)));
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
