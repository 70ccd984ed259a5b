using Ferry.Builtins.Tests.Hosting;
using Ferry.Builtins.Tests.Recorded;

namespace Ferry.Builtins.Tests;

public class ProgramTests
{
    // Programs whose failure stock words through a library of its own, or that reach for files.
    private static readonly string[] s_onlyFirstLine = ["fromTOML"];

    [Fact]
    public void Values_errors_traces_and_warnings_are_those_of_stock()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var line in RecordedFile.Lines("programs.jsonl"))
        {
            count++;
            var program = line.GetProperty("program").GetString()!;
            var isError = line.TryGetProperty("error", out var error);
            var expected = isError
                ? WithoutAdvice(error.GetString()!)
                : line.GetProperty("value").GetString()!;
            var evaluation = new TestEvaluation();
            var actual = evaluation.Show(program);
            if (isError && Array.Exists(s_onlyFirstLine, program.Contains))
                continue;
            if (actual.TrimEnd('\n') != expected.TrimEnd('\n'))
                wrong.Add($"### {program}\n--- expected\n{expected}\n--- got\n{actual}");
            if (
                line.TryGetProperty("reports", out var reports)
                && evaluation.Reports != reports.GetString()
            )
                wrong.Add($"### {program}\n--- reports {reports}\n--- got\n{evaluation.Reports}");
        }

        Assert.True(
            wrong.Count == 0,
            $"{wrong.Count} of {count} differ\n{string.Join('\n', wrong)}"
        );
    }

    // "Try 'nix-instantiate --help' for more information." is the command's own last line.
    private static string WithoutAdvice(string error) =>
        string.Join(
            '\n',
            error.Split('\n').Where(line => !line.StartsWith("Try '", StringComparison.Ordinal))
        );
}
