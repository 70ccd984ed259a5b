using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;

namespace Ferry.Evaluation.Nodes;

/// <param name="Node">A literal or an interpolated expression.</param>
/// <param name="Position">For errors about this part.</param>
internal readonly record struct ConcatenationPart(Node Node, Position Position);

/// <summary><c>"a${b}c"</c>: always a string; paths in it are copied to the store.</summary>
internal sealed class InterpolationNode(Evaluator evaluator, ConcatenationPart[] parts) : Node
{
    // Longer strings keep their parts in an array instead of on the stack.
    private const int StackPartsMax = 16;

    public override Value Evaluate(Frame frame)
    {
        Span<StringValue> texts =
            parts.Length <= StackPartsMax
                ? stackalloc StringValue[parts.Length]
                : new StringValue[parts.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            var (node, position) = parts[index];
            var value = node.Evaluate(frame);
            texts[index] = value.IsString
                ? value.AsString
                : evaluator.Coercer.ToString(value, position, ConcatenateNode.Because);
        }
        return Value.Of(texts.Length == 1 ? texts[0] : StringValue.Join(texts));
    }
}

/// <summary><c>a + b</c>: numbers, strings, paths, sets with a text.</summary>
internal sealed class AddNode(Evaluator evaluator, ConcatenationPart[] parts, Position position)
    : Node
{
    private readonly Node _left = parts[0].Node;
    private readonly Node _right = parts[1].Node;

    public override Value Evaluate(Frame frame)
    {
        var first = _left.Evaluate(frame);
        if (first.IsString)
        {
            var second = _right.Evaluate(frame);
            return second.IsString
                ? Value.Of(StringValue.Concat(first.AsString, second.AsString))
                : ConcatenateNode.Join(evaluator, parts, [first, second], position);
        }
        if (first.IsInteger)
        {
            var second = _right.Evaluate(frame);
            return second.IsInteger && Arithmetic.TryAdd(first, second, out var sum)
                ? sum
                : ConcatenateNode.Join(evaluator, parts, [first, second], position);
        }
        // What cannot be a first part fails before the second one is evaluated.
        ConcatenateNode.CheckFirst(evaluator, first, parts[0].Position);
        return ConcatenateNode.Join(evaluator, parts, [first, _right.Evaluate(frame)], position);
    }

    public override bool TryEvaluateCheaply(Frame frame, out Value result)
    {
        result = default;
        return _left.TryEvaluateCheaply(frame, out var first)
            && first.IsInteger
            && _right.TryEvaluateCheaply(frame, out var second)
            && second.IsInteger
            && Arithmetic.TryAdd(first, second, out result);
    }

    public override Delayed DelayArgument(Frame frame) =>
        TryEvaluateCheaply(frame, out var value) ? Delayed.Of(value) : Delayed.Thunk(this, frame);
}

/// <summary>An interpolated path, <c>./a/${b}</c>: the first part decides what the result is.</summary>
internal sealed class ConcatenateNode(
    Evaluator evaluator,
    ConcatenationPart[] parts,
    Position position
) : Node
{
    internal const string Because = "while evaluating a path segment";

    public override Value Evaluate(Frame frame)
    {
        var values = new Value[parts.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            values[index] = parts[index].Node.Evaluate(frame);
            if (index == 0)
                CheckFirst(evaluator, values[0], parts[0].Position);
        }
        return Join(evaluator, parts, values, position);
    }

    /// <exception cref="EvaluationException">The value has neither a number nor a text.</exception>
    internal static void CheckFirst(Evaluator evaluator, Value first, Position position)
    {
        if (first.IsInteger || first.IsFloat || first.IsString || first.IsPath)
            return;
        // Sets are asked for their text again when the parts are joined; asking has no effects.
        if (
            first.IsAttributeSet
            && (
                first.AsAttributeSet.Find(KnownNames.ToStringFunction) >= 0
                || first.AsAttributeSet.Find(KnownNames.OutPath) >= 0
            )
        )
            return;
        evaluator.Coercer.ToString(first, position, Because, StringCoercion.None);
    }

    internal static Value Join(
        Evaluator evaluator,
        ConcatenationPart[] parts,
        ReadOnlySpan<Value> values,
        Position position
    )
    {
        var first = values[0];
        if (first.IsInteger || first.IsFloat)
            return Sum(parts, values);

        var text = new TextBuilder();
        var copies = first.IsString ? StringCoercion.CopyToStore : StringCoercion.None;
        for (var index = 0; index < values.Length; index++)
        {
            if (index == 0 && first.IsPath)
            {
                // Keeps a slash at its end: "/foo/" in /foo/${x}. It stays a path, so its text is not seen.
                text.Append(first.AsPath.Bytes);
                continue;
            }

            var coercion = index == 0 ? copies : copies | StringCoercion.CanonicalizePath;
            evaluator.Coercer.Append(
                ref text,
                values[index],
                parts[index].Position,
                Because,
                coercion
            );
        }
        if (!first.IsPath)
            return text.ToValue();
        if (!text.Context.IsEmpty)
            throw EvaluationException.Failed(
                "a string that refers to a store path cannot be appended to a path",
                position
            );
        return Value.Path(PathText.Canonicalize(text.ToStringValue().ToString()));
    }

    private static Value Sum(ConcatenationPart[] parts, ReadOnlySpan<Value> values)
    {
        var sum = values[0];
        for (var index = 1; index < values.Length; index++)
        {
            var value = values[index];
            var position = parts[index].Position;
            if (!value.IsInteger && !value.IsFloat)
                throw EvaluationException.Failed(
                    sum.IsFloat
                        ? (Hint)$"cannot add {TypeNames.Show(value)} to a float"
                        : $"cannot add {TypeNames.Show(value)} to an integer",
                    position
                );
            if (sum.IsFloat || value.IsFloat)
                sum = Value.Of(ToDouble(sum) + ToDouble(value));
            else if (!Arithmetic.TryAdd(sum, value, out sum))
                throw EvaluationException.Failed(
                    $"integer overflow in adding {values[index - 1].AsInteger} + {value.AsInteger}",
                    position
                );
        }
        return sum;
    }

    private static double ToDouble(Value number) =>
        number.IsFloat ? number.AsFloat : number.AsInteger;
}
