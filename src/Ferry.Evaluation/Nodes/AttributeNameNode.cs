using System.Text;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Printing;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Evaluation.Nodes;

/// <summary>One part of an attribute path: a known name, or an expression for one.</summary>
/// <remarks>Holds the inline cache of the place where the name is looked up.</remarks>
internal sealed class AttributeNameNode
{
    private readonly Evaluator? _evaluator;
    private readonly Expression? _syntax;
    private readonly Node? _expression;
    private readonly Position _position;
    private ShapeCache _cache;

    public AttributeNameNode(Symbol symbol) => Symbol = symbol;

    public AttributeNameNode(
        Evaluator evaluator,
        Expression syntax,
        Node expression,
        Position position
    ) => (_evaluator, _syntax, _expression, _position) = (evaluator, syntax, expression, position);

    /// <summary>Null when the name is an expression.</summary>
    public Symbol? Symbol { get; }

    /// <summary>The name, computed now if need be.</summary>
    public Symbol Evaluate(Frame frame) =>
        Symbol
        ?? Symbols.Of(
            Forcing
                .StringWithoutContext(
                    _evaluator!,
                    _expression!.Evaluate(frame),
                    _position,
                    "while evaluating an attribute name"
                )
                .Bytes
        );

    /// <returns>The index of <paramref name="name"/> in the set, or -1.</returns>
    public int Find(AttributeSet set, Symbol name) =>
        Symbol is null ? set.Find(name) : _cache.Find(set.Shape, name.Id);

    /// <summary>The path as messages show it; names that fail show as their source.</summary>
    public static string Show(ReadOnlySpan<AttributeNameNode> path, Frame frame)
    {
        var parts = new string[path.Length];
        for (var index = 0; index < parts.Length; index++)
            parts[index] = path[index].Show(frame);
        return string.Join('.', parts);
    }

    private string Show(Frame frame)
    {
        var mark = Trail.Mark();
        try
        {
            return Evaluate(frame).ToString();
        }
        catch (EvaluationException failure)
        {
            Trail.Unwind(mark, failure);
            return $"\"${{{Encoding.UTF8.GetString(ExpressionPrinter.Format(_syntax!))}}}\"";
        }
    }
}
