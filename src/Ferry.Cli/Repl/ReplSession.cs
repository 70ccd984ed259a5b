using System.Text;
using Ferry.Cli.Composition;
using Ferry.Cli.Repl.LineEditing;
using Ferry.Cli.Verbs;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;

namespace Ferry.Cli.Repl;

/// <summary>One session: lines come in, values and messages go out. On the evaluation thread from start to end.</summary>
internal sealed class ReplSession
{
    private const string Prompt = "nix-repl> ";
    private const string ContinuationPrompt = "        > ";

    // A line prints one level of sets and lists; ":p" prints all.
    private const int LineDepth = 1;

    private readonly Session _session;
    private readonly EvaluationSite _site;
    private readonly ILineReader _reader;
    private readonly ReplLines _lines;
    private readonly ReplLoading _loading;
    private readonly IReadOnlyList<ReplCommand> _commands;
    private bool _hasEnded;

    public ReplSession(Session session, EvaluationSite site, ReplScope scope, ReplParts parts)
    {
        (_session, _site, _reader) = (session, site, parts.Reader);
        _lines = new(site, scope, session.WorkingDirectory);
        _loading = new(session, site, scope, parts.Load);
        var builds = new ReplBuilds(session, site, _lines);
        var texts = new ReplTexts(session, site, _lines, _loading);
        _commands =
        [
            new([":a", ":add"], "<expr>", "Add the attributes of a set to the scope", Add),
            .. builds.Commands,
            .. _loading.Commands,
            .. texts.Commands,
            .. parts.Debug?.Commands(scope, () => _hasEnded = true) ?? [],
            new([":p", ":print"], "<expr>", "Print a value with all that is in it", PrintWhole),
            new([":q", ":quit"], "", "End the session", _ => _hasEnded = true),
            new([":t"], "<expr>", "Say of what type a value is", PrintType),
            new(
                [":te", ":trace-enable"],
                "[bool]",
                "Show whole traces of errors, or not",
                SetTrace
            ),
            new([":?", ":help"], "", "Show this list", _ => PrintHelp()),
        ];
    }

    public IEnumerable<string> CommandNames => _commands.SelectMany(command => command.Names);

    /// <summary>Takes lines until there are no more, or one ends the session.</summary>
    public void Run()
    {
        Guarded(_loading.LoadAll, mayFail: false);
        var text = "";
        while (!_hasEnded)
        {
            var read = _reader.Read(text.Length == 0 ? Prompt : ContinuationPrompt);
            if (read.Text is null)
            {
                _session.Output.Write("\n");
                break;
            }

            if (read.IsCancelled)
            {
                text = "";
                continue;
            }

            text += read.Text + "\n";
            var isUnfinished = false;
            Guarded(() =>
            {
                try
                {
                    Take(text.Trim());
                }
                catch (UnfinishedTextException)
                {
                    isUnfinished = true;
                }
            });
            if (isUnfinished)
                continue;
            text = "";
            if (!_hasEnded)
                _session.Output.Write("\n");
            _session.Output.Flush();
        }

        _session.Output.Flush();
    }

    private void Take(string line)
    {
        if (line.Length == 0)
            return;
        if (line[0] != ':')
        {
            if (!_lines.TryDefine(line))
                Print(_lines.Evaluate(line), LineDepth);
            return;
        }

        var end = line.IndexOfAny([' ', '\n', '\r', '\t']);
        var name = end < 0 ? line : line[..end];
        var command =
            _commands.FirstOrDefault(command => command.Names.Contains(name))
            ?? throw new CommandException($"unknown command '{name}'");
        command.Run(end < 0 ? "" : line[end..].Trim());
    }

    // A failure ends a line and not the session; what it left half computed can be computed again.
    private void Guarded(Action action, bool mayFail = true)
    {
        var mark = Trail.Mark();
        using var diversion = _session.Options.Interruption.Divert(Evaluator.Interrupt);
        try
        {
            action();
            _site.Flush();
        }
        catch (EvaluationException failure) when (mayFail)
        {
            Trail.Unwind(mark, failure);
            Report(failure);
        }
        catch (Exception failure) when (mayFail && FailureReport.Knows(failure))
        {
            Trail.Abandon(mark);
            Report(failure);
        }
        finally
        {
            Evaluator.Resume();
        }
    }

    private void Report(Exception failure)
    {
        _session.Output.Flush();
        _session.ReportFailure(failure);
    }

    private void Add(string text) => _loading.AddToScope(_lines.Evaluate(text));

    private void Print(Value value, int depth)
    {
        var text = ValuePrinter.Print(
            _site.Evaluator,
            value,
            new PrintOptions
            {
                UsesColors = true,
                Forces = true,
                ShowsDerivationPaths = true,
                DepthMax = depth,
                Indent = 2,
                Failures = PrintFailures.ThrowAtTop,
            }
        );
        _session.EndProgress();
        _session.Write(text.Span);
        _session.Write("\n"u8);
    }

    private void PrintWhole(string text)
    {
        var value = _lines.Evaluate(text);
        if (!value.IsString)
        {
            Print(value, int.MaxValue);
            return;
        }

        _session.EndProgress();
        _session.Write(value.AsString.Bytes);
        _session.Write("\n"u8);
    }

    private void PrintType(string text) =>
        _session.Output.WriteLine(TypeNames.Show(_lines.Evaluate(text)));

    private void SetTrace(string text)
    {
        const string Setting = "show-trace";
        var shows = text switch
        {
            "" => !_session.Settings.Switch(Setting),
            "true" => true,
            "false" => false,
            _ => throw new CommandException($"unexpected argument '{text}' to :te"),
        };
        _session.Settings.Set(Setting, shows ? "true" : "false", ":te");
        _session.Output.WriteLine(shows ? "showing error traces" : "not showing error traces");
    }

    private void PrintHelp()
    {
        var text = new StringBuilder("The following commands are available:\n\n");
        Row("<expr>", "Evaluate an expression and print it");
        Row("<x> = <expr>", "Let a name mean an expression");
        foreach (var command in _commands)
            Row($"{string.Join(", ", command.Names)} {command.Parameter}", command.Summary);
        _session.Output.Write(text.ToString());

        void Row(string left, string right) => text.Append($"  {left.TrimEnd(), -28} {right}\n");
    }
}

/// <param name="Reader">Where lines come from.</param>
/// <param name="Load">Values to begin with, each with a name for messages; evaluated anew at <c>:r</c>.</param>
/// <param name="Debug">The evaluation that has stopped for this session; null when it is none of a debugger.</param>
internal sealed record ReplParts(
    ILineReader Reader,
    Func<IEnumerable<(string Title, Func<Value> Value)>> Load,
    ReplDebugging? Debug = null
);
