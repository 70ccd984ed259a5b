using Ferry.Cli.Composition;
using Ferry.Cli.Progress;
using Ferry.Evaluation.Debugging;

namespace Ferry.Cli.Repl;

/// <summary>The debugger of <c>--debugger</c>: a session for each stop, whose names are those around the point.</summary>
internal sealed class Debugger(Session session, EvaluationSite site) : IDebugger
{
    private readonly ReplTerminal _terminal = new(session, site);
    private bool _hasGreeted;

    public static ReadOnlySpan<byte> BreakpointMessage => "breakpoint reached"u8;

    public DebugAnswer Stop(DebugStop stop)
    {
        session.EndProgress();
        if (stop.IsBreakpoint)
            Say(ErrorText.Note("breakpoint reached", session.UsesColour));
        if (stop.Failure is { } failure)
        {
            session.ReportFailure(failure);
            Say("");
            if (stop.IsInTry)
                Say(
                    "This exception occurred in a 'tryEval' call. Use --ignore-try to skip these.\n"
                );
        }
        else if (stop.IsBreakpoint)
        {
            Say("");
        }

        if (!_hasGreeted)
            ReplTerminal.Greet(session, " debugger");
        _hasGreeted = true;
        var scope = new ReplScope();
        scope.Replace(stop.Points[0].Variables);
        var debugging = new ReplDebugging(session, site, stop);
        _terminal.Run(scope, () => [], debugging);
        return debugging.Answer;
    }

    private static void Say(string line) => Console.Error.WriteLine(line);
}
