using System.Text;
using Ferry.Syntax.Text;

namespace Ferry.Syntax.Diagnostics;

public enum DiagnosticLevel
{
    Error,
    Warning,

    /// <summary>A warning that the program itself asked for (<c>builtins.warn</c>).</summary>
    EvaluationWarning,
    Note,
}

/// <summary>One message to a person, with everything that stock's layout of errors shows.</summary>
/// <remarks>
/// Texts are bytes, as programs can put any bytes into them. They may hold terminal colours
/// (<see cref="TerminalColor"/>); the renderer drops those when colours are off.
/// </remarks>
public sealed class Diagnostic
{
    public Diagnostic(ReadOnlyMemory<byte> message) => Message = message;

    public Diagnostic(string message)
        : this(Encoding.UTF8.GetBytes(message)) { }

    public DiagnosticLevel Level { get; init; } = DiagnosticLevel.Error;

    public ReadOnlyMemory<byte> Message { get; }

    /// <summary>Null when the message belongs to no place.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>Outermost first: printed above the message.</summary>
    public IReadOnlyList<DiagnosticTrace> Traces { get; init; } = [];

    /// <summary>Names near to a misspelt one, best first; printed as "Did you mean …?".</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];
}

/// <param name="Text">What was being done, without the leading dots. An empty text is not shown.</param>
/// <param name="Location">Null when it belongs to no place.</param>
/// <param name="IsAlwaysShown">True for <c>addErrorContext</c>: printed even where the trace is cut short.</param>
public sealed record DiagnosticTrace(
    ReadOnlyMemory<byte> Text,
    SourceLocation? Location,
    bool IsAlwaysShown = false
);
