using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Errors;

/// <summary>What went wrong: the part of an <see cref="EvaluationException"/> that outlives its being thrown.</summary>
/// <remarks>Traces come while the exception travels, also after a thunk has begun to remember this.</remarks>
internal sealed class Failure(EvaluationErrorKind kind, Hint hint)
{
    private readonly List<Trace> _traces = [];

    public EvaluationErrorKind Kind { get; } = kind;

    public Hint Hint { get; } = hint;

    public Position Position { get; set; }

    /// <summary>A person who debugs has looked at it.</summary>
    public bool WasShown { get; set; }

    public IReadOnlyList<string> Suggestions { get; init; } = [];

    public SourceLocation? Location { get; init; }

    /// <summary>Innermost first.</summary>
    public IReadOnlyList<Trace> Traces => _traces;

    /// <summary>
    /// False for what a second attempt may well get past: a person's wish to stop, and limits that depend on how deep the
    /// first attempt stood.
    /// </summary>
    public bool IsLasting =>
        Kind
            is not (
                EvaluationErrorKind.Interrupted
                or EvaluationErrorKind.OutOfMemory
                or EvaluationErrorKind.StackOverflow
                or EvaluationErrorKind.NeedsOneThread
            );

    public void Add(Trace trace) => _traces.Add(trace);

    /// <summary>As it is now; traces of the copy do not reach this one.</summary>
    public Failure Copy()
    {
        var copy = new Failure(Kind, Hint)
        {
            Position = Position,
            WasShown = WasShown,
            Suggestions = Suggestions,
            Location = Location,
        };
        copy._traces.AddRange(_traces);
        return copy;
    }

    public readonly record struct Trace(Position Position, Hint Hint, bool IsAlwaysShown);
}
