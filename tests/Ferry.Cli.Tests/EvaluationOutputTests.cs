namespace Ferry.Cli.Tests;

/// <summary>What evaluation says of itself, and that it says everything once.</summary>
public class EvaluationOutputTests
{
    private const string Slow =
        "slow = n: if n == 0 then 0 else 1 + slow (n - 1); items = builtins.genList (i: slow (500 + i)) 40;";

    [Theory]
    [InlineData("1")]
    [InlineData("4")]
    public void What_was_printed_before_a_failure_is_printed_once(string cores)
    {
        var outcome = FerryProgram
            .Run([
                .. Evaluate(cores),
                "--strict",
                $"let {Slow} in {{ a = items; b = throw \"end\"; }}",
            ])
            .Failed();

        Assert.Single(outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("error: end", outcome.Error);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("4")]
    public void What_is_not_needed_shows_as_code(string cores)
    {
        var outcome = FerryProgram
            .Run([
                .. Evaluate(cores),
                $"let {Slow} texts = map toString items; in {{ a = builtins.seq (builtins.concatStringsSep \",\" (builtins.tail texts)) texts; b = 1; }}",
            ])
            .Succeeded();

        Assert.StartsWith("[ <CODE> \"501\"", outcome.Output);
        Assert.EndsWith("\n1\n", outcome.Output);
    }

    [Fact]
    public void A_profile_is_written_where_it_is_wanted()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            FerryProgram
                .Run([
                    .. Evaluate("2"),
                    "--eval-profiler",
                    "flamegraph",
                    "--eval-profile-file",
                    file,
                    "--eval-profiler-frequency",
                    "0",
                    $"let {Slow} in {{ a = slow 3; b = 1; }}",
                ])
                .Succeeded();

            Assert.Contains(":slow;«string»:1:", File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Statistics_have_stocks_names()
    {
        var options = new RunOptions
        {
            Environment = new Dictionary<string, string>
            {
                ["NIX_SHOW_STATS"] = "1",
                ["NIX_COUNT_CALLS"] = "1",
            },
        };

        var outcome = FerryProgram
            .Run(options, [.. Evaluate("2"), $"let {Slow} in {{ a = slow 3; b = 1; }}"])
            .Succeeded();

        using var json = System.Text.Json.JsonDocument.Parse(outcome.Error);
        Assert.Equal(4, json.RootElement.GetProperty("nrFunctionCalls").GetInt32());
        Assert.True(json.RootElement.GetProperty("symbols").GetProperty("number").GetInt32() > 0);
    }

    // The expression comes last, after --expr.
    private static string[] Evaluate(string cores) =>
        [
            "nix-instantiate",
            "--eval",
            "--store",
            "dummy://",
            "--option",
            "eval-cores",
            cores,
            "-A",
            "a",
            "-A",
            "b",
            "--expr",
        ];
}
