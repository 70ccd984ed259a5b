using Ferry.Evaluation.Errors;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation;

/// <summary>A Nix program went wrong. Never used for a bug in the evaluator itself.</summary>
/// <remarks>
/// Traces are added by exception filters, innermost first: <c>catch (EvaluationException e) when (e.AddTrace(…))</c>.
/// <see cref="AddTrace"/> answers false, so nothing is caught, nothing is unwound, and a failure costs no more for
/// having passed many places.
/// </remarks>
public sealed class EvaluationException : Exception
{
    private readonly Hint _hint;
    private readonly List<Trace> _traces = [];
    private readonly IReadOnlyList<string> _suggestions;
    private readonly SourceLocation? _location;

    private EvaluationException(
        EvaluationErrorKind kind,
        Hint hint,
        Position position = default,
        IReadOnlyList<string>? suggestions = null,
        SourceLocation? location = null,
        Exception? inner = null
    )
        : base(hint.ToString(), inner)
    {
        (Kind, _hint, Position) = (kind, hint, position);
        (_suggestions, _location) = (suggestions ?? [], location);
    }

    public EvaluationErrorKind Kind { get; }

    public Position Position { get; private set; }

    /// <summary>True for <c>throw</c> and <c>assert</c>, the only failures <c>builtins.tryEval</c> absorbs.</summary>
    public bool IsCatchable => Kind is EvaluationErrorKind.Thrown or EvaluationErrorKind.Assertion;

    /// <summary>The message as bytes, with colours.</summary>
    public ReadOnlyMemory<byte> Text => _hint.Text;

    public static EvaluationException Failed(Hint hint, Position position = default) =>
        new(EvaluationErrorKind.Failed, hint, position);

    public static EvaluationException WrongType(Hint hint, Position position = default) =>
        new(EvaluationErrorKind.WrongType, hint, position);

    /// <param name="hint">The message.</param>
    /// <param name="position">Of the mistake.</param>
    /// <param name="suggestions">Best first.</param>
    public static EvaluationException Misspelt(
        Hint hint,
        Position position,
        IReadOnlyList<string> suggestions
    ) => new(EvaluationErrorKind.Failed, hint, position, suggestions);

    public static EvaluationException Thrown(Hint hint, Position position = default) =>
        new(EvaluationErrorKind.Thrown, hint, position);

    public static EvaluationException AssertionFailed(Hint hint, Position position = default) =>
        new(EvaluationErrorKind.Assertion, hint, position);

    public static EvaluationException Aborted(Hint hint, Position position = default) =>
        new(EvaluationErrorKind.Aborted, hint, position);

    public static EvaluationException UndefinedVariable(Symbol name, Position position) =>
        new(EvaluationErrorKind.UndefinedVariable, $"undefined variable '{name}'", position);

    /// <summary>A function that needs an argument was to be called automatically.</summary>
    public static EvaluationException MissingArgument(Hint hint, Position position) =>
        new(EvaluationErrorKind.MissingArgument, hint, position);

    public static EvaluationException InfiniteRecursion(Position position) =>
        new(EvaluationErrorKind.InfiniteRecursion, "infinite recursion encountered", position);

    public static EvaluationException CallDepthExceeded(Position position) =>
        new(EvaluationErrorKind.StackOverflow, "stack overflow; max-call-depth exceeded", position);

    public static EvaluationException StackExhausted(Position position) =>
        new(
            EvaluationErrorKind.StackOverflow,
            "stack overflow (possible infinite recursion)",
            position
        );

    public static EvaluationException OutOfMemory(ulong limitBytes) =>
        new(
            EvaluationErrorKind.OutOfMemory,
            $"evaluation needs more than {limitBytes >> 20} MiB of memory, which is the limit"
        );

    public static EvaluationException Interrupted() =>
        new(EvaluationErrorKind.Interrupted, "interrupted by the user");

    /// <summary>A file that was imported is not a Nix program.</summary>
    public static EvaluationException From(SyntaxException failure) =>
        new(
            EvaluationErrorKind.Syntax,
            Hint.Of(failure.Diagnostic.Message.Span),
            suggestions: failure.Diagnostic.Suggestions,
            location: failure.Location,
            inner: failure
        );

    /// <summary>Something that the program asked for failed elsewhere: a file, the store, a build.</summary>
    public static EvaluationException From(Exception failure, Hint hint) =>
        new(EvaluationErrorKind.Failed, hint, inner: failure);

    /// <summary>Notes what was being done.</summary>
    /// <returns>False, for use in an exception filter.</returns>
    public bool AddTrace(Position position, Hint hint, bool isAlwaysShown = false)
    {
        _traces.Add(new(position, hint, isAlwaysShown));
        return false;
    }

    /// <summary><see cref="AddTrace"/> for use where the exception is made.</summary>
    public EvaluationException WithTrace(Position position, Hint hint)
    {
        AddTrace(position, hint);
        return this;
    }

    /// <summary>Gives a position to a failure that has none.</summary>
    /// <returns>False, for use in an exception filter.</returns>
    public bool LocateAt(Position position)
    {
        if (!Position.IsKnown)
            Position = position;
        return false;
    }

    /// <summary>Everything a person should see, in stock's order.</summary>
    public Diagnostic ToDiagnostic() =>
        new(Text)
        {
            Location = _location ?? Position.Location,
            Suggestions = _suggestions,
            Traces =
            [
                .. Enumerable
                    .Reverse(_traces)
                    .Select(trace => new DiagnosticTrace(
                        trace.Hint.Text,
                        trace.Position.Location,
                        trace.IsAlwaysShown
                    )),
            ],
        };

    private readonly record struct Trace(Position Position, Hint Hint, bool IsAlwaysShown);
}
