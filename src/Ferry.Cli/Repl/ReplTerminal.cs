using Ferry.Cli.Composition;
using Ferry.Cli.Progress;
using Ferry.Cli.Repl.LineEditing;
using Ferry.Evaluation.Memory;
using Ferry.Syntax.Printing;

namespace Ferry.Cli.Repl;

/// <summary>Where sessions get their lines: a terminal with history, completion and colours, or a pipe.</summary>
internal sealed class ReplTerminal
{
    private readonly Session _session;
    private readonly EvaluationSite _site;
    private readonly LineHistory _history;
    private readonly bool _isTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
    private readonly ILineReader _reader;
    private ReplScope? _scope;
    private ReplSession? _running;

    public ReplTerminal(Session session, EvaluationSite site)
    {
        (_session, _site) = (session, site);
        _history = LineHistory.Read(HistoryFile);
        var support = new LineSupport(
            Complete,
            line => session.UsesColour ? SyntaxHighlighting.Highlight(line) : line
        );
        _reader = _isTerminal
            ? new TerminalLineReader(_history, support, Terminal.Columns, session.Output)
            : new PipeLineReader(Console.In, session.Output);
    }

    private string HistoryFile =>
        Path.Combine(_session.Options.Environment.DataFolder, "nix", "repl-history");

    /// <summary>What the first session begins with.</summary>
    public static void Greet(Session session, string kind)
    {
        session.Note(
            session.Options.Program == "nix"
                ? $"Nix {CommandLineProgram.StockVersion}{kind}"
                : $"Ferry {Versions.Ferry}{kind}"
        );
        session.Note("Type :? for help.");
    }

    /// <summary>Runs one session to its end. On the evaluation thread.</summary>
    public void Run(
        ReplScope scope,
        Func<IEnumerable<(string Title, Func<Value> Value)>> load,
        ReplDebugging? debugging = null
    )
    {
        _scope = scope;
        _running = new ReplSession(_session, _site, scope, new ReplParts(_reader, load, debugging));
        _running.Run();
        if (_isTerminal)
            _history.Write(HistoryFile);
    }

    private IReadOnlyList<string> Complete(string line) =>
        Completion.Find(
            line,
            new ReplCompletionSource(_session, _site, _scope!, () => _running!.CommandNames)
        );
}
