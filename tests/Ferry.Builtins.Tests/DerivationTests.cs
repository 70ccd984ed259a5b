using System.Text;
using System.Text.Json;
using Ferry.Builtins.Json;
using Ferry.Builtins.Tests.Hosting;
using Ferry.Builtins.Tests.Recorded;
using Ferry.Evaluation.Values;
using Ferry.Formats.ATerm;
using Ferry.Formats.StorePaths;

namespace Ferry.Builtins.Tests;

public class DerivationTests
{
    private static readonly string s_folder = Path.GetFullPath(
        RecordedFile.Path("../../corpus/derivations")
    );

    [Fact]
    public void Paths_of_derivations_of_many_shapes_are_those_of_stock()
    {
        var actual = Paths(new TestEvaluation(isReadOnly: false));
        var expected = JsonDocument
            .Parse(File.ReadAllBytes(Path.Combine(s_folder, "recorded.json")))
            .RootElement;
        AssertSame(expected, actual);
    }

    [Fact]
    public void Stock_run_here_makes_the_same_paths_and_the_same_files()
    {
        StockNix.Require();
        var store = Directory.CreateTempSubdirectory("ferry-derivations-");
        try
        {
            var evaluation = new TestEvaluation(isReadOnly: false);
            var actual = Paths(evaluation);
            var json = StockNix.Run(
                "nix-instantiate",
                "--eval",
                "--read-write-mode",
                "--strict",
                "--json",
                "--store",
                store.FullName,
                Path.Combine(s_folder, "shapes.nix")
            );
            AssertSame(JsonDocument.Parse(json).RootElement, actual);

            var factory = new StorePathFactory(StoreDirectory.Default);
            var compared = 0;
            foreach (var (path, derivation) in evaluation.Store.Derivations)
            {
                var file = $"{store.FullName}/nix/store/{path}";
                Assert.Equal(
                    Encoding.Latin1.GetString(File.ReadAllBytes(file)),
                    Encoding.Latin1.GetString(DerivationWriter.Write(derivation, factory))
                );
                compared++;
            }

            Assert.True(compared >= 300, $"only {compared} files");
        }
        finally
        {
            // Stock makes its store read-only.
            foreach (var folder in store.EnumerateDirectories("*", SearchOption.AllDirectories))
                File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_000_000);
            store.Delete(recursive: true);
        }
    }

    private static JsonElement Paths(TestEvaluation evaluation)
    {
        var json = evaluation.Evaluator.Run(() =>
        {
            var context = StringContext.Empty;
            return JsonValues.Write(
                evaluation.Evaluator,
                evaluation.Evaluate($"import {s_folder}/shapes.nix"),
                ref context,
                new JsonValueOptions()
            );
        });
        return JsonDocument.Parse(json.Memory).RootElement;
    }

    private static void AssertSame(JsonElement expected, JsonElement actual)
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var shape in expected.EnumerateObject())
        {
            count++;
            var isThere = actual.TryGetProperty(shape.Name, out var paths);
            if (!isThere || !JsonElement.DeepEquals(paths, shape.Value))
                wrong.Add(
                    $"{shape.Name}: expected {shape.Value}, got {(isThere ? paths : "nothing")}"
                );
        }

        Assert.True(count >= 300, $"only {count} shapes");
        Assert.True(
            wrong.Count == 0,
            $"{wrong.Count} of {count} differ\n{string.Join('\n', wrong)}"
        );
    }
}
