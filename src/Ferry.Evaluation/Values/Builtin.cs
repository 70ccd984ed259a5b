using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Values;

/// <summary>What a builtin does with its arguments; must return a forced value.</summary>
public delegate Value BuiltinBody(in BuiltinCall call);

/// <summary>A function of the language that is written in C#.</summary>
/// <param name="Name">As written after <c>builtins.</c>.</param>
/// <param name="Parameters">Names shown in errors and docs; their count, 1 to 3, is the arity.</param>
/// <param name="Summary">One sentence for <c>:doc</c> and the manual.</param>
/// <param name="Body">Gets its arguments unforced.</param>
public sealed record Builtin(string Name, string[] Parameters, string Summary, BuiltinBody Body)
{
    public const int ArityMax = 3;

    public int Arity => Parameters.Length;

    /// <summary>True for those in scope under their plain name; all others are there as <c>__NAME</c>.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>True when only the <c>__NAME</c> in scope exists and <c>builtins</c> has no such attribute.</summary>
    public bool IsInternal { get; init; }

    /// <summary>False for those that keep "while calling the 'x' builtin" out of traces.</summary>
    public bool AddsTrace { get; init; } = true;

    /// <summary>
    /// Bit n: argument n is always forced before the body does anything else, so a caller may compute it at once
    /// instead of making a thunk. Only for arguments whose failure cannot be preceded by another one.
    /// </summary>
    public int StrictArguments { get; init; }

    /// <summary>
    /// As <see cref="StrictArguments"/>, for arguments whose failure the body explains with
    /// <see cref="BuiltinCall.Because(int)"/>: numbers, strings and functions, not lists and sets.
    /// </summary>
    public int ExplainedArguments { get; init; }
}

/// <summary>A value in <c>builtins</c> that is no function of C#: <c>nixVersion</c>, <c>derivation</c> …</summary>
/// <param name="Name">As written after <c>builtins.</c>.</param>
/// <param name="Summary">One sentence for the manual.</param>
/// <param name="Make">Called at most once for each evaluator, when somebody needs the value.</param>
public sealed record BuiltinConstant(string Name, string Summary, Func<Evaluator, Value> Make)
{
    /// <summary>True for those in scope under their plain name; all others are there as <c>__NAME</c>.</summary>
    public bool IsGlobal { get; init; }
}
