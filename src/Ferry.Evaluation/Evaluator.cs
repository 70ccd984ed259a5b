using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Debugging;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Parallel;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Values;

namespace Ferry.Evaluation;

/// <summary>One evaluation: settings, ports, builtins and everything remembered between its parts.</summary>
/// <remarks>Any number of threads may use it, each prepared by <see cref="Run{T}"/>.</remarks>
public sealed partial class Evaluator
{
    private readonly ReportingEnvironment _reports;

    public Evaluator(EvaluatorOptions options)
    {
        Settings = options.Settings;
        (Files, Store) = (options.Files, options.Store);
        _fetcher = options.Fetcher;
        CallObserver = options.CallObserver;
        SourceObserver = options.SourceObserver;
        Debugging = options.Debugger is { } debugger
            ? new DebugStack(debugger, options.Debug)
            : null;
        _reports = new ReportingEnvironment(options.Environment);
        Coercer = new Coercer(this);
        Scope = new BuiltinScope(this, options.Builtins, options.Constants);
    }

    private readonly ISourceFetcher? _fetcher;

    public EvaluationSettings Settings { get; }

    public ISourceFiles Files { get; }

    public IEvaluationStore Store { get; }

    public IEnvironment Environment => _reports;

    /// <summary>Fetches for the evaluating thread alone: what it says of a download comes in a known order.</summary>
    /// <exception cref="EvaluationException">This evaluation was given none, or the calling thread only helps.</exception>
    public ISourceFetcher Fetcher
    {
        get
        {
            Ahead.RequireEvaluatingThread();
            return _fetcher
                ?? throw EvaluationException.Failed("this evaluation cannot fetch anything");
        }
    }

    public Coercer Coercer { get; }

    /// <summary>The set <c>builtins</c>.</summary>
    public Value Builtins => Scope.Set;

    /// <summary>What every text may name without any prefix.</summary>
    public IEnumerable<string> GlobalNames => Scope.Names;

    /// <summary>Null when nobody debugs.</summary>
    public DebugStack? Debugging { get; }

    /// <summary>Null when nobody watches calls.</summary>
    internal Observation.ICallObserver? CallObserver { get; }

    /// <summary>Null when nobody wants to know what a program has seen of its sources.</summary>
    public ISourceObserver? SourceObserver { get; }

    internal BuiltinScope Scope { get; }

    /// <summary>A context element as stock names it in messages.</summary>
    public string ShowContext(ContextElement element) =>
        element.Kind switch
        {
            ContextElementKind.Built => $"{Store.Directory.Format(element.Path)}^{element.Output}",
            ContextElementKind.DerivationDeep => $"{Store.Directory.Format(element.Path)} (deep)",
            _ => Store.Directory.Format(element.Path),
        };
}

/// <summary>What an evaluator is made of.</summary>
public sealed record EvaluatorOptions
{
    public EvaluationSettings Settings { get; init; } = new();

    public required ISourceFiles Files { get; init; }

    public required IEvaluationStore Store { get; init; }

    public required IEnvironment Environment { get; init; }

    /// <summary>Null where nothing may be fetched.</summary>
    public ISourceFetcher? Fetcher { get; init; }

    /// <summary>Watches all calls of an evaluation, which takes longer then and uses one thread.</summary>
    public Observation.ICallObserver? CallObserver { get; init; }

    /// <summary>Hears what programs see of their sources besides files.</summary>
    public ISourceObserver? SourceObserver { get; init; }

    /// <summary>Where the evaluation stops for a person to look; it takes longer then and uses one thread.</summary>
    public IDebugger? Debugger { get; init; }

    public DebugOptions Debug { get; init; } = new();

    public required IReadOnlyList<Builtin> Builtins { get; init; }

    public IReadOnlyList<BuiltinConstant> Constants { get; init; } = [];
}
