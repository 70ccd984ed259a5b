using System.Text;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Printing;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Text;

namespace Ferry.Builtins.Tests.Hosting;

/// <summary>Evaluates texts as <c>nix-instantiate --eval --strict --readonly-mode</c> does, without a command line.</summary>
internal sealed class TestEvaluation : IEnvironment
{
    private readonly StringBuilder _reports = new();

    public TestEvaluation(bool isReadOnly = true) =>
        Evaluator = new Evaluator(
            new EvaluatorOptions
            {
                Settings = new EvaluationSettings { IsReadOnly = isReadOnly },
                Files = new CorePackageFiles(new DiskFiles()),
                Store = Store,
                Environment = this,
                Builtins = BuiltinTables.All,
                Constants = BuiltinTables.Constants(isPure: false),
            }
        );

    public Evaluator Evaluator { get; }

    public MemoryStore Store { get; } = new();

    public string CurrentSystem => "x86_64-linux";

    public long CurrentTime => 0;

    public string Reports => _reports.ToString();

    public string? Variable(string name) => null;

    public void Report(ReadOnlySpan<byte> message)
    {
        lock (_reports)
            _reports.Append(Encoding.UTF8.GetString(message)).Append('\n');
    }

    /// <summary>The value, forced deeply and printed; or the whole error as a person sees it.</summary>
    public string Show(string program)
    {
        try
        {
            return Evaluator.Run(() =>
            {
                var value = Evaluate(program);
                Evaluator.ForceDeep(value);
                return ValuePrinter
                    .Print(Evaluator, value, new PrintOptions { Failures = PrintFailures.Throw })
                    .ToString();
            });
        }
        catch (EvaluationException failure)
        {
            return DiagnosticRenderer.RenderToString(failure.ToDiagnostic(), new DiagnosticStyle());
        }
    }

    public Value Evaluate(string program) =>
        Evaluator.Evaluate(SourceText.FromString(program, "/"));
}
