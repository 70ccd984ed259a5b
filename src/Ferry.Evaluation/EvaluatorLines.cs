using Ferry.Evaluation.Binding;
using Ferry.Evaluation.Memory;
using Ferry.Syntax.Parsing;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Evaluation;

/// <summary>Lines of a person who types: expressions and bindings that see names from earlier lines.</summary>
public sealed partial class Evaluator
{
    /// <summary>The tree of a line that defines names: <c>x = 1; inherit y;</c>.</summary>
    /// <exception cref="EvaluationException">It is no such line; perhaps an expression.</exception>
    public AttributeSetExpression ParseBindings(SourceText source) =>
        Parse(source, Parser.ParseBindings);

    /// <summary>Evaluates a tree to weak head normal form.</summary>
    /// <param name="source">The text of the tree.</param>
    /// <param name="parsed">The tree.</param>
    /// <param name="variables">Names besides the builtins.</param>
    public Value Evaluate(SourceText source, Expression parsed, AttributeSet variables)
    {
        var (scope, frame) = Surround(variables);
        return Binder.Bind(this, source, filePath: null, parsed, scope).Evaluate(frame);
    }

    /// <summary>For <c>e.a.b</c>: what <c>e.a</c> is, and the name <c>b</c>.</summary>
    /// <returns>Null when the tree ends in no plain name.</returns>
    public (Value Set, Symbol Name)? EvaluateBeforeLastName(
        SourceText source,
        Expression parsed,
        AttributeSet variables
    )
    {
        if (
            parsed is not SelectExpression { Fallback: null } select
            || select.Path[^1].Symbol is not { } name
        )
            return null;
        var (scope, frame) = Surround(variables);
        var before = Binder.BindBeforeLastName(this, source, select, scope);
        return (before.Evaluate(frame), name);
    }

    private static (VariableScope Scope, Frame Frame) Surround(AttributeSet variables)
    {
        var scope = new VariableScope(null);
        var frame = Frame.Create(Frame.None, variables.Count);
        for (var index = 0; index < variables.Count; index++)
            frame.Set(scope.Add(variables.SymbolAt(index)), variables[index]);
        return (scope, frame);
    }
}
