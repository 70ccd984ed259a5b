using System.Globalization;
using System.Text;
using Ferry.Cli.Composition;
using Ferry.Evaluation.Debugging;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli.Repl;

/// <summary>What a session can do with an evaluation that has stopped: look at its points, let it go on.</summary>
internal sealed class ReplDebugging(Session session, EvaluationSite site, DebugStop stop)
{
    // Breakpoints and failures come before the points, as one of their own that sees what the innermost point sees.
    private readonly int _extra = stop.IsBreakpoint || stop.Failure is not null ? 1 : 0;
    private int _index;

    /// <summary>What the person wants; quits unless a command says otherwise, as at the end of input.</summary>
    public DebugAnswer Answer { get; private set; } = DebugAnswer.Quit;

    private int Count => stop.Points.Count + _extra;

    public ReplCommand[] Commands(ReplScope scope, Action end) =>
        [
            new([":env"], "", "Show the names around the point", _ => ShowNames()),
            new([":bt", ":backtrace"], "", "Show all points of the evaluation", _ => ShowAll()),
            new(
                [":st"],
                "[index]",
                "Show the point, or go to another one",
                text => Select(text, scope)
            ),
            new(
                [":c", ":continue"],
                "",
                "Go on to the next failure or builtins.break",
                _ => Leave(DebugAnswer.Continue, end)
            ),
            new([":s", ":step"], "", "Go on to the next point", _ => Leave(DebugAnswer.Step, end)),
        ];

    private DebugPoint Point(int index) => stop.Points[Math.Max(0, index - _extra)];

    private void Leave(DebugAnswer answer, Action end)
    {
        Answer = answer;
        end();
    }

    private void ShowAll()
    {
        for (var index = 0; index < Count; index++)
            ShowPoint(index);
    }

    private void Select(string text, ReplScope scope)
    {
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
            && wanted < Count
        )
        {
            _index = wanted;
            scope.Replace(Point(_index).Variables);
        }
        else if (text.Length > 0)
        {
            throw new Verbs.CommandException($"there is no point '{text}'; ':bt' shows all");
        }

        ShowPoint(_index);
        session.Output.WriteLine();
        ShowNames();
    }

    private void ShowPoint(int index)
    {
        session.Output.Write($"\n{TerminalColor.Blue}{index}{TerminalColor.Normal}: ");
        var text =
            (ReadOnlySpan<byte>)(
                index >= _extra
                    ? DiagnosticRenderer.RenderPoint(
                        Point(index).Hint.Text.Span,
                        Point(index).Position.Location
                    )
                    : FailurePoint()
            );
        session.Write(text);
    }

    private byte[] FailurePoint()
    {
        var prefix = $"{TerminalColor.Red}error: {TerminalColor.Normal}";
        var position = stop.Failure?.Position is { IsKnown: true } known ? known : default;
        byte[] message =
        [
            .. Encoding.UTF8.GetBytes(prefix),
            .. stop.Failure is { } failure ? failure.Text.Span : Debugger.BreakpointMessage,
        ];
        if (!stop.IsBreakpoint && !position.IsKnown)
            position = Point(0).Position;
        return DiagnosticRenderer.RenderPoint(message, position.Location);
    }

    private void ShowNames()
    {
        var levels = Point(_index).Levels;
        var output = session.Output;
        for (var level = 0; level < levels.Count; level++)
        {
            output.WriteLine($"Env level {level}");
            output.Write("static: ");
            WriteNames(levels[level].IsWith ? [] : Names(levels[level]));
            if (levels[level] is { IsWith: true, Names.Count: > 0 } with)
            {
                output.Write("with: ");
                WriteNames(Names(with));
            }

            output.WriteLine();
        }

        output.WriteLine($"Env level {levels.Count}");
        WriteNames(
            site.Evaluator.GlobalNames.Where(name =>
                !name.StartsWith("__", StringComparison.Ordinal)
            )
        );
        output.WriteLine();

        static IEnumerable<string> Names(DebugLevel level) =>
            level.Names.Select(name => name.ToString());

        void WriteNames(IEnumerable<string> names)
        {
            output.Write(TerminalColor.Magenta);
            foreach (var name in names)
                output.Write($"{name} ");
            output.WriteLine(TerminalColor.Normal);
        }
    }
}
