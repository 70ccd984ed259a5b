using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Nodes;

/// <param name="Depth">Frames up to the <c>with</c>.</param>
/// <param name="Position">Of the <c>with</c>.</param>
internal readonly record struct WithLevel(int Depth, Position Position);

/// <summary>A name that only an enclosing <c>with</c> can define. The innermost one that has it wins.</summary>
internal sealed class WithVariableNode(Symbol name, WithLevel[] levels, Position position) : Node
{
    private const string Because = "while evaluating the first subexpression of a with expression";

    private readonly int _symbol = name.Id;
    private ShapeCache _cache;

    public override Value Evaluate(Frame frame)
    {
        var depth = 0;
        foreach (var level in levels)
        {
            for (; depth < level.Depth; depth++)
                frame = frame.Up;
            var set = SetOf(frame, level);
            var index = _cache.Find(set.Shape, _symbol);
            if (index >= 0)
                return set.ForceKnown(index, position);
        }
        throw EvaluationException.UndefinedVariable(name, position);
    }

    private static AttributeSet SetOf(Frame frame, WithLevel level) =>
        frame.Get(0) is { IsAttributeSet: true } known
            ? known.AsAttributeSet
            : Forcing.AttributeSet(frame.Get(0), level.Position, Because);
}
