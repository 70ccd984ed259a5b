using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ferry.Cli.Verbs;
using Ferry.Evaluation.Observation;

namespace Ferry.Cli.Composition;

/// <summary>What a person asked to be told of how an evaluation runs: its calls, a profile, statistics.</summary>
internal sealed class EvaluationWatch
{
    private const string StatisticsVariable = "NIX_SHOW_STATS";
    private const string StatisticsPathVariable = "NIX_SHOW_STATS_PATH";
    private const string CallsVariable = "NIX_COUNT_CALLS";

    // The output is no web page, where quotes would need an escape.
    private static readonly JsonWriterOptions s_layout = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
    };

    private readonly Session _session;
    private readonly StackSampler? _sampler;
    private readonly CallCounter? _counter;

    public EvaluationWatch(Session session)
    {
        _session = session;
        var observers = new List<ICallObserver>();
        if (session.Settings.Switch("trace-function-calls"))
            observers.Add(new CallTrace(session.Note, TimeProvider.System));
        if (MakeSampler() is { } sampler)
            observers.Add(_sampler = sampler);
        if (IsOn(CallsVariable) && IsOn(StatisticsVariable))
            observers.Add(_counter = new CallCounter());
        Observer = observers.Count switch
        {
            0 => null,
            1 => observers[0],
            _ => new CallObservers(observers),
        };
    }

    /// <summary>Null when nobody wants to know of calls.</summary>
    public ICallObserver? Observer { get; }

    /// <summary>Something is to be told of evaluation.</summary>
    public bool IsNeeded => Observer is not null || IsOn(StatisticsVariable);

    /// <summary>Writes what has been gathered. Once, after the last evaluation.</summary>
    public void Finish()
    {
        if (_sampler is not null)
            Write(_session.Settings.Text("eval-profile-file"), _sampler.ToFoldedStacks());
        if (!IsOn(StatisticsVariable))
            return;
        var text = Encoding.UTF8.GetString(Statistics().Span) + "\n";
        var path = _session.Options.Environment.Variable(StatisticsPathVariable) ?? "-";
        if (path == "-")
            Console.Error.Write(text);
        else
            Write(path, text);
    }

    private bool IsOn(string variable) =>
        (_session.Options.Environment.Variable(variable) ?? "0") != "0";

    private StackSampler? MakeSampler()
    {
        var frequency = _session.Settings.Number("eval-profiler-frequency");
        return _session.Settings.Text("eval-profiler") switch
        {
            "disabled" => null,
            "flamegraph" => new StackSampler(
                TimeProvider.System,
                frequency == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(1.0 / frequency)
            ),
            var other => throw new CommandException(
                $"setting 'eval-profiler' has invalid value '{other}'; expected 'disabled' or 'flamegraph'"
            ),
        };
    }

    private void Write(string name, string text)
    {
        var path = Path.GetFullPath(name, _session.WorkingDirectory);
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"opening file '{path}': {failure.Message}");
        }
    }

    // Stock's names, for what there is here as well.
    private ReadOnlyMemory<byte> Statistics()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_layout))
        {
            var statistics = EvaluationStatistics.Now();
            var cpu = Environment.CpuUsage.UserTime.TotalSeconds;
            var collecting = GC.GetTotalPauseDuration().TotalSeconds;
            json.WriteStartObject();
            json.WriteNumber("cpuTime", cpu);
            if (_counter is not null)
                WriteFunctions(json, _counter);
            json.WriteStartObject("gc");
            json.WriteNumber("cycles", GC.CollectionCount(0));
            json.WriteNumber(
                "heapSize",
                GC.GetGCMemoryInfo().HeapSizeBytes + statistics.ValueBytes
            );
            json.WriteNumber("totalBytes", GC.GetTotalAllocatedBytes() + statistics.ValueBytes);
            json.WriteEndObject();
            json.WriteNumber("nrExprs", statistics.SuspendableExpressions);
            if (_counter is not null)
            {
                json.WriteNumber("nrFunctionCalls", _counter.LambdaCalls);
                json.WriteNumber("nrPrimOpCalls", _counter.BuiltinCalls);
                json.WriteStartObject("primops");
                foreach (var (name, count) in _counter.Builtins)
                    json.WriteNumber(name, count);
                json.WriteEndObject();
            }

            json.WriteStartObject("symbols");
            json.WriteNumber("bytes", statistics.SymbolBytes);
            json.WriteNumber("number", statistics.Symbols);
            json.WriteEndObject();
            json.WriteStartObject("time");
            json.WriteNumber("cpu", cpu);
            json.WriteNumber("gc", collecting);
            json.WriteNumber("gcFraction", cpu > 0 ? collecting / cpu : 0);
            json.WriteEndObject();
            json.WriteStartObject("values");
            json.WriteNumber("bytes", statistics.ValueBytes);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteFunctions(Utf8JsonWriter json, CallCounter counter)
    {
        json.WriteStartArray("functions");
        foreach (var function in counter.Functions)
        {
            json.WriteStartObject();
            if (function.Position.Location is { } location)
            {
                var (line, column) = location.Source.Locate(location.Position);
                json.WriteNumber("column", column);
                json.WriteNumber("count", function.Count);
                if (function.Position.FilePath is { } file)
                    json.WriteString("file", file);
                json.WriteNumber("line", line);
            }
            else
            {
                json.WriteNumber("count", function.Count);
            }

            json.WriteString("name", function.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
