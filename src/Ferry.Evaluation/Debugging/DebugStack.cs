using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;

namespace Ferry.Evaluation.Debugging;

/// <summary>The points of an evaluation that is debugged, and when it stops.</summary>
/// <remarks>
/// Owner: the evaluating thread. A failure stops the evaluation in an exception filter, that is before anything is
/// unwound: at the innermost point, with all points around it still there.
/// </remarks>
public sealed class DebugStack
{
    private readonly IDebugger _debugger;
    private readonly DebugOptions _options;
    private readonly List<DebugPoint> _points = [];
    private int _tries;
    private bool _isStopped;
    private bool _steps;
    private bool _hasQuit;

    internal DebugStack(IDebugger debugger, DebugOptions options) =>
        (_debugger, _options) = (debugger, options);

    private bool MayStop =>
        !_isStopped && !_hasQuit && _points.Count > 0 && (_tries == 0 || !_options.IgnoresTries);

    /// <summary>The program has come to <c>builtins.break</c>.</summary>
    /// <exception cref="DebuggerQuitException">The person wants no more.</exception>
    public void Break()
    {
        if (MayStop)
            Stop(failure: null, isBreakpoint: true);
    }

    /// <summary>The program has printed a trace.</summary>
    /// <exception cref="DebuggerQuitException">The person wants no more.</exception>
    public void AfterTrace()
    {
        if (_options.StopsAtTraces && MayStop)
            Stop(failure: null, isBreakpoint: false);
    }

    /// <summary>The program has printed a warning.</summary>
    /// <exception cref="DebuggerQuitException">The person wants no more.</exception>
    public void AfterWarning()
    {
        if ((_options.StopsAtTraces || _options.StopsAtWarnings) && MayStop)
            Stop(failure: null, isBreakpoint: false);
    }

    /// <summary>Failures are absorbed from here to <see cref="LeaveTry"/>.</summary>
    public void EnterTry() => _tries++;

    public void LeaveTry() => _tries--;

    internal Value Evaluate(DebugPlace place, Node node, Frame frame)
    {
        _points.Add(new(place, frame));
        try
        {
            if (_steps && MayStop)
                Stop(failure: null, isBreakpoint: false);
            return node.Evaluate(frame);
        }
        catch (EvaluationException failure) when (Meet(failure))
        {
            throw;
        }
        finally
        {
            _points.RemoveAt(_points.Count - 1);
        }
    }

    /// <summary>Something is about to be thrown past here, or absorbed.</summary>
    /// <returns>False, for use in an exception filter.</returns>
    public bool Meet(EvaluationException failure)
    {
        // Limits and interruptions leave nothing to evaluate with.
        if (!failure.Failure.IsLasting || failure.Failure.WasShown || !MayStop)
            return false;
        failure.Failure.WasShown = true;
        Stop(failure, isBreakpoint: false);
        return false;
    }

    private void Stop(EvaluationException? failure, bool isBreakpoint)
    {
        _isStopped = true;
        try
        {
            var points = _points.ToArray();
            Array.Reverse(points);
            var answer = _debugger.Stop(new(points, failure, isBreakpoint, _tries > 0));
            _steps = answer == DebugAnswer.Step;
            _hasQuit = answer == DebugAnswer.Quit;
        }
        finally
        {
            _isStopped = false;
        }

        if (_hasQuit && failure is null)
            throw new DebuggerQuitException();
    }
}

/// <summary>When an evaluation stops besides at failures and breakpoints.</summary>
public sealed record DebugOptions
{
    /// <summary>After each <c>builtins.trace</c> and <c>builtins.warn</c>.</summary>
    public bool StopsAtTraces { get; init; }

    /// <summary>After each <c>builtins.warn</c>.</summary>
    public bool StopsAtWarnings { get; init; }

    /// <summary>Never inside of <c>builtins.tryEval</c>.</summary>
    public bool IgnoresTries { get; init; }
}
