using System.Runtime.CompilerServices;
using System.Text;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Tests.Hosting;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Tests;

/// <summary>Programs below <c>tests/corpus/language</c>: a folder is a case. What is expected came from stock 2.34.8.</summary>
/// <remarks>Recorded with <c>--eval --strict --show-trace</c>; the case's folder is <c>/case</c> in what is printed.</remarks>
public class CorpusTests
{
    public static TheoryData<string> Evaluates => Cases("evaluates");

    public static TheoryData<string> Fails => Cases("fails");

    [Theory]
    [MemberData(nameof(Evaluates))]
    public void A_program_prints_what_stock_prints(string name)
    {
        var folder = Path.Combine(Root, "evaluates", name);
        var evaluation = new TestEvaluation();
        var printed = evaluation.Evaluator.Run(() =>
        {
            var value = Evaluate(evaluation.Evaluator, folder);
            Evaluator.ForceDeep(value);
            return ClassicPrinter.Print(value).ToString();
        });

        Assert.Equal(Expected(folder, "expected.out"), Shown(printed, folder) + "\n");
        Assert.Equal(
            Expected(folder, "expected.trace"),
            string.Concat(evaluation.Reports.Select(line => Shown(line, folder) + "\n"))
        );
    }

    [Theory]
    [MemberData(nameof(Fails))]
    public void A_wrong_program_fails_as_stock_fails(string name)
    {
        var folder = Path.Combine(Root, "fails", name);
        var evaluation = new TestEvaluation(new EvaluationSettings { ShowsTrace = true });
        var failure = Assert.Throws<EvaluationException>(() =>
            evaluation.Evaluator.Run(() =>
                Evaluator.ForceDeep(Evaluate(evaluation.Evaluator, folder))
            )
        );
        var shown = DiagnosticRenderer.RenderToString(
            failure.ToDiagnostic(),
            new DiagnosticStyle { ShowsTrace = true }
        );

        Assert.Equal(Expected(folder, "expected.err"), Shown(shown, folder).TrimEnd('\n') + "\n");
    }

    private static Memory.Value Evaluate(Evaluator evaluator, string folder)
    {
        var path = Path.Combine(folder, "in.nix");
        return evaluator.Evaluate(SourceText.FromFile(path, File.ReadAllBytes(path), folder), path);
    }

    private static string Shown(string text, string folder) =>
        text.Replace(folder, "/case", StringComparison.Ordinal);

    private static string Expected(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? File.ReadAllText(path, Encoding.UTF8) : "";
    }

    private static TheoryData<string> Cases(string kind) =>
        [
            .. Directory
                .EnumerateDirectories(Path.Combine(Root, kind))
                .Select(folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal),
        ];

    private static string Root { get; } =
        Path.GetFullPath(Path.Combine(SourceFolder(), "..", "corpus", "language"));

    private static string SourceFolder([CallerFilePath] string path = "") =>
        Path.GetDirectoryName(path)!;
}
