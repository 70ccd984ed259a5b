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
    private EvaluationException(
        EvaluationErrorKind kind,
        Hint hint,
        Position position = default,
        IReadOnlyList<string>? suggestions = null,
        SourceLocation? location = null,
        Exception? inner = null
    )
        : this(
            new Failure(kind, hint)
            {
                Position = position,
                Suggestions = suggestions ?? [],
                Location = location,
            },
            inner
        ) { }

    private EvaluationException(Failure failure, Exception? inner = null)
        : base(failure.Hint.ToString(), inner) => Failure = failure;

    internal Failure Failure { get; }

    public EvaluationErrorKind Kind => Failure.Kind;

    public Position Position => Failure.Position;

    /// <summary>What a command that ends with this failure exits with.</summary>
    public int ExitStatus { get; private set; } = 1;

    /// <summary>True for <c>throw</c> and <c>assert</c>, the only failures <c>builtins.tryEval</c> absorbs.</summary>
    public bool IsCatchable => Kind is EvaluationErrorKind.Thrown or EvaluationErrorKind.Assertion;

    /// <summary>The message as bytes, with colours.</summary>
    public ReadOnlyMemory<byte> Text => Failure.Hint.Text;

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

    /// <summary>Evaluation cannot go on in a way that helpers did not influence.</summary>
    internal static EvaluationException NeedsOneThread() =>
        new(EvaluationErrorKind.NeedsOneThread, "evaluation begins anew with one thread");

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

    /// <summary>A remembered failure, with the traces it has by now.</summary>
    internal static EvaluationException Again(Failure failure) => new(failure.Copy());

    /// <summary>Notes what was being done.</summary>
    /// <returns>False, for use in an exception filter.</returns>
    public bool AddTrace(Position position, Hint hint, bool isAlwaysShown = false)
    {
        Failure.Add(new(position, hint, isAlwaysShown));
        return false;
    }

    /// <summary><see cref="AddTrace"/> for use where the exception is made.</summary>
    public EvaluationException WithTrace(Position position, Hint hint)
    {
        AddTrace(position, hint);
        return this;
    }

    /// <summary>Says what a command that ends with this failure exits with.</summary>
    public EvaluationException WithExitStatus(int status)
    {
        ExitStatus = status;
        return this;
    }

    /// <summary>Gives a position to a failure that has none.</summary>
    /// <returns>False, for use in an exception filter.</returns>
    public bool LocateAt(Position position)
    {
        if (!Position.IsKnown)
            Failure.Position = position;
        return false;
    }

    /// <summary>Everything a person should see, in stock's order.</summary>
    public Diagnostic ToDiagnostic() =>
        new(Text)
        {
            Location = Failure.Location ?? Position.Location,
            Suggestions = Failure.Suggestions,
            Traces =
            [
                .. Enumerable
                    .Reverse(Failure.Traces)
                    .Select(trace => new DiagnosticTrace(
                        trace.Hint.Text,
                        trace.Position.Location,
                        trace.IsAlwaysShown
                    )),
            ],
        };
}
