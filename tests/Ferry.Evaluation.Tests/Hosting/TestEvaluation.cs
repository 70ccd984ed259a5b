using System.Text;
using Ferry.Builtins;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Observation;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Printing;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Tests.Hosting;

/// <summary>Evaluates texts as <c>nix-instantiate --eval</c> does, without a command line.</summary>
internal sealed class TestEvaluation : IEnvironment
{
    private readonly List<string> _reports = [];

    public TestEvaluation(EvaluationSettings? settings = null, ICallObserver? observer = null) =>
        Evaluator = new Evaluator(
            new EvaluatorOptions
            {
                Settings = settings ?? new EvaluationSettings(),
                Files = new DiskFiles(),
                Store = new NoStore(),
                Environment = this,
                CallObserver = observer,
                Builtins = BuiltinTables.All,
                Constants = BuiltinTables.Constants(isPure: false),
            }
        );

    public Evaluator Evaluator { get; }

    public string CurrentSystem => "x86_64-linux";

    public long CurrentTime => 0;

    public IReadOnlyList<string> Reports => _reports;

    public string? Variable(string name) => null;

    public void Report(ReadOnlySpan<byte> message)
    {
        lock (_reports)
            _reports.Add(Encoding.UTF8.GetString(message));
    }

    /// <summary>The value of a text, forced deeply and shown on one line; or the first line of its error.</summary>
    public static string Show(string program) => new TestEvaluation().ShowDeep(program);

    /// <summary>As <see cref="Show"/>, while somebody watches the calls.</summary>
    public static string ShowObserved(string program, ICallObserver observer) =>
        new TestEvaluation(observer: observer).ShowDeep(program);

    public string ShowDeep(string program) =>
        Try(() =>
        {
            var value = Evaluate(program);
            Evaluator.ForceDeep(value);
            return Print(Evaluator, value);
        });

    public string ShowShallow(string program) => Try(() => Print(Evaluator, Evaluate(program)));

    /// <summary>The error of a text as a person sees it.</summary>
    public string ShowError(string program)
    {
        var failure = Assert.Throws<EvaluationException>(() =>
            Evaluator.Run(() => Evaluator.ForceDeep(Evaluate(program)))
        );
        return DiagnosticRenderer.RenderToString(
            failure.ToDiagnostic(),
            new DiagnosticStyle { ShowsTrace = Evaluator.Settings.ShowsTrace }
        );
    }

    public Value Evaluate(string program) =>
        Evaluator.Evaluate(SourceText.FromString(program, "/"));

    public static string Print(Evaluator evaluator, Value value) =>
        ValuePrinter
            .Print(evaluator, value, new PrintOptions { Failures = PrintFailures.Throw })
            .ToString();

    private string Try(Func<string> action)
    {
        try
        {
            return Evaluator.Run(action);
        }
        catch (EvaluationException failure)
        {
            return "error: " + failure.Message;
        }
    }
}
