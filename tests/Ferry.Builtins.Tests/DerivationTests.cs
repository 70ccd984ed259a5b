using System.Text.Json;
using Ferry.Builtins.Json;
using Ferry.Builtins.Tests.Hosting;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins.Tests;

public class DerivationTests
{
    [Fact]
    public void Paths_of_derivations_of_many_shapes_are_those_of_stock()
    {
        var folder = Path.Combine(CorpusFolder(), "derivations");
        var evaluation = new TestEvaluation(isReadOnly: false);
        var json = evaluation.Evaluator.Run(() =>
        {
            var context = StringContext.Empty;
            return JsonValues.Write(
                evaluation.Evaluator,
                evaluation.Evaluate($"import {folder}/shapes.nix"),
                ref context,
                new JsonValueOptions()
            );
        });

        var actual = JsonDocument.Parse(json.Memory).RootElement;
        var expected = JsonDocument
            .Parse(File.ReadAllBytes(Path.Combine(folder, "recorded.json")))
            .RootElement;
        var wrong = new List<string>();
        var count = 0;
        foreach (var shape in expected.EnumerateObject())
        {
            count++;
            var got = actual.TryGetProperty(shape.Name, out var paths)
                ? paths.ToString()
                : "nothing";
            if (!JsonElement.DeepEquals(paths, shape.Value))
                wrong.Add($"{shape.Name}: expected {shape.Value}, got {got}");
        }

        Assert.True(count >= 300, $"only {count} shapes");
        Assert.True(
            wrong.Count == 0,
            $"{wrong.Count} of {count} differ\n{string.Join('\n', wrong)}"
        );
    }

    private static string CorpusFolder()
    {
        return Path.GetFullPath(Recorded.RecordedFile.Path("../../corpus"));
    }
}
