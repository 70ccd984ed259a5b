using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary>Attributes that a builtin needs of its argument.</summary>
internal static class Attributes
{
    /// <summary>The attribute, computed or not.</summary>
    /// <exception cref="EvaluationException">There is none.</exception>
    public static Value Require(AttributeSet set, Symbol name, string because)
    {
        if (set.TryGet(name, out var value))
            return value;
        throw Missing(name, because);
    }

    public static EvaluationException Missing(Symbol name, string because)
    {
        var failure = EvaluationException.WrongType($"attribute '{name}' missing");
        return because.Length == 0 ? failure : failure.WithTrace(Position.None, because);
    }
}
