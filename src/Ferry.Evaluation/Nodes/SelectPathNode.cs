using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Nodes;

/// <summary><c>e.a.b</c> and <c>e.${n}</c>.</summary>
internal sealed class SelectPathNode(Node subject, AttributeNameNode[] path, Position position)
    : Node
{
    public override Value Evaluate(Frame frame)
    {
        var value = subject.Evaluate(frame);
        var defined = Position.None;
        try
        {
            foreach (var name in path)
            {
                var symbol = name.Evaluate(frame);
                value = Forcing.AttributeSetValue(value, position, Selection.WhileSelecting);
                var index = name.Find(value, symbol, out var set);
                if (index < 0)
                    throw Selection.Missing(value.AsAttributeSet, symbol, position);
                value = set[index];
                defined = set.PositionAt(index);
            }
            return value.Force(defined.IsKnown ? defined : position);
        }
        catch (EvaluationException failure) when (Selection.AddTrace(failure, defined, path, frame))
        {
            throw;
        }
    }
}

/// <summary><c>e.a.b or d</c>: <c>d</c> stands in for anything missing on the way, and for what is no set.</summary>
internal sealed class SelectOrNode(
    Node subject,
    AttributeNameNode[] path,
    Node fallback,
    Position position
) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var value = subject.Evaluate(frame);
        var defined = Position.None;
        try
        {
            foreach (var name in path)
            {
                var symbol = name.Evaluate(frame);
                value = value.Force(position);
                if (
                    !value.IsAttributeSet
                    || name.Find(value, symbol, out var set) is not (>= 0 and var index)
                )
                    return fallback.Evaluate(frame);
                value = set[index];
                defined = set.PositionAt(index);
            }
            return value.Force(defined.IsKnown ? defined : position);
        }
        catch (EvaluationException failure) when (Selection.AddTrace(failure, defined, path, frame))
        {
            throw;
        }
    }
}

/// <summary><c>e ? a.b</c>.</summary>
internal sealed class HasAttributeNode(Node subject, AttributeNameNode[] path, Position position)
    : Node
{
    public override Value Evaluate(Frame frame)
    {
        var value = subject.Evaluate(frame);
        foreach (var name in path)
        {
            value = value.Force(position);
            var symbol = name.Evaluate(frame);
            if (
                !value.IsAttributeSet
                || name.Find(value, symbol, out var set) is not (>= 0 and var index)
            )
                return Value.False;
            value = set[index];
        }
        return Value.True;
    }
}
