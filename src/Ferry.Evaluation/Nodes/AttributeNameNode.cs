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

    /// <param name="value">A set.</param>
    /// <param name="name">What <see cref="Evaluate"/> gave.</param>
    /// <param name="holder">The set that has the name; see <see cref="LayeredSet"/>.</param>
    /// <returns>The index of <paramref name="name"/> in <paramref name="holder"/>, or -1.</returns>
    public int Find(Value value, Symbol name, out AttributeSet holder)
    {
        // A name that differs from time to time has nothing to remember.
        var none = default(ShapeCache);
        return Symbol is null
            ? value.FindAttribute(name.Id, ref none, out holder)
            : value.FindAttribute(name.Id, ref _cache, out holder);
    }

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
