using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Nodes;

/// <summary>Operators that the parser writes as calls of a builtin.</summary>
internal enum ArithmeticOperator : byte
{
    Subtract,
    Multiply,
    Divide,
    Less,
}

internal static class ArithmeticOperators
{
    public static readonly Dictionary<Symbol, ArithmeticOperator> ByName = new()
    {
        [Symbols.Of("__sub")] = ArithmeticOperator.Subtract,
        [Symbols.Of("__mul")] = ArithmeticOperator.Multiply,
        [Symbols.Of("__div")] = ArithmeticOperator.Divide,
        [Symbols.Of("__lessThan")] = ArithmeticOperator.Less,
    };

    public static string BuiltinName(this ArithmeticOperator operation) =>
        operation switch
        {
            ArithmeticOperator.Subtract => "sub",
            ArithmeticOperator.Multiply => "mul",
            ArithmeticOperator.Divide => "div",
            _ => "lessThan",
        };

    public static bool AddTrace(
        this ArithmeticOperator operation,
        EvaluationException failure,
        Position position
    ) => failure.AddTrace(position, $"while calling the '{operation.BuiltinName()}' builtin");
}

/// <summary><c>a - b</c>, <c>a * b</c>, <c>a / b</c>.</summary>
internal sealed class ArithmeticNode(
    ArithmeticOperator operation,
    Node left,
    Node right,
    Position position
) : Node
{
    public override Value Evaluate(Frame frame)
    {
        try
        {
            var first = left.Evaluate(frame);
            var second = right.Evaluate(frame);
            return operation switch
            {
                ArithmeticOperator.Subtract => Arithmetic.Subtract(first, second),
                ArithmeticOperator.Multiply => Arithmetic.Multiply(first, second),
                _ => Arithmetic.Divide(first, second),
            };
        }
        catch (EvaluationException failure) when (operation.AddTrace(failure, position))
        {
            throw;
        }
    }

    public override bool TryEvaluateCheaply(Frame frame, out Value result)
    {
        result = default;
        if (
            !left.TryEvaluateCheaply(frame, out var first)
            || !first.IsInteger
            || !right.TryEvaluateCheaply(frame, out var second)
            || !second.IsInteger
        )
            return false;
        return operation switch
        {
            ArithmeticOperator.Subtract => Arithmetic.TrySubtract(first, second, out result),
            ArithmeticOperator.Multiply => Arithmetic.TryMultiply(first, second, out result),
            _ => false,
        };
    }

    public override Delayed DelayArgument(Frame frame) =>
        TryEvaluateCheaply(frame, out var value) ? Delayed.Of(value) : Delayed.Thunk(this, frame);
}

/// <summary><c>a &lt; b</c>; the other comparisons are made of it.</summary>
internal sealed class LessNode(Node left, Node right, Position position) : Node
{
    public override Value Evaluate(Frame frame)
    {
        try
        {
            var first = left.Evaluate(frame);
            var second = right.Evaluate(frame);
            return Value.Of(
                first.IsInteger && second.IsInteger
                    ? first.AsInteger < second.AsInteger
                    : Comparison.IsLess(first, second)
            );
        }
        catch (EvaluationException failure)
            when (ArithmeticOperator.Less.AddTrace(failure, position))
        {
            throw;
        }
    }
}
