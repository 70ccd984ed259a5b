namespace Ferry.Evaluation.Debugging;

/// <summary>Lets a person look around in an evaluation that has stopped.</summary>
/// <remarks>Called on the evaluating thread, which waits; what it evaluates meanwhile never stops.</remarks>
public interface IDebugger
{
    /// <summary>Returns when the person has seen enough.</summary>
    DebugAnswer Stop(DebugStop stop);
}

/// <summary>How an evaluation goes on after a stop.</summary>
public enum DebugAnswer
{
    /// <summary>To the next breakpoint or failure.</summary>
    Continue,

    /// <summary>To the next point.</summary>
    Step,

    /// <summary>Not at all: a failure takes its course, anything else ends in a <see cref="DebuggerQuitException"/>.</summary>
    Quit,
}

/// <summary>Why and where an evaluation has stopped.</summary>
/// <param name="Points">Innermost first; at least one.</param>
/// <param name="Failure">What is about to be thrown; null at breakpoints and steps.</param>
/// <param name="IsBreakpoint">The program asked for it with <c>builtins.break</c>.</param>
/// <param name="IsInTry">A <c>builtins.tryEval</c> may absorb the failure.</param>
public sealed record DebugStop(
    IReadOnlyList<DebugPoint> Points,
    EvaluationException? Failure,
    bool IsBreakpoint,
    bool IsInTry
);

/// <summary>The person who debugs has seen enough: the command ends, and that is no failure.</summary>
public sealed class DebuggerQuitException : Exception;
