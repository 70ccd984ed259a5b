using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Formats;

namespace Ferry.Evaluation.Coercion;

/// <summary>Says where two values differ, after <c>assert a == b</c> has failed.</summary>
/// <remarks>Follows <see cref="Comparison"/> step by step: it must find the same difference.</remarks>
internal static class EqualityAssertion
{
    /// <exception cref="EvaluationException">Of kind <see cref="EvaluationErrorKind.Assertion"/>: the difference.</exception>
    public static void Check(Value left, Value right, Position position) =>
        Check(left, right, position, isInside: false);

    private static void Check(Value left, Value right, Position position, bool isInside)
    {
        var stack = CallStack.Enter(position);
        left = left.Force(position);
        right = right.Force(position);
        if (!isInside || !left.IsSameAs(right))
            CheckForced(left, right, position);
        stack.Leave();
    }

    private static void CheckForced(Value left, Value right, Position position)
    {
        var isNumber = IsNumber(left) && IsNumber(right);
        if (isNumber && Comparison.AreEqual(left, right, position))
            return;
        if (isNumber)
            throw Fail(
                $"{TypeNames.Show(left)} with value '{Show(left)}' is not equal to {TypeNames.Show(right)} with value '{Show(right)}'"
            );
        if (left.Kind != right.Kind)
            throw Fail(
                $"{TypeNames.Show(left)} of value '{Show(left)}' is not equal to {TypeNames.Show(right)} of value '{Show(right)}'"
            );

        switch (left.Kind)
        {
            case ValueKind.Boolean when left.AsBoolean != right.AsBoolean:
                throw Fail($"boolean '{Show(left)}' is not equal to boolean '{Show(right)}'");
            case ValueKind.String when !left.AsString.SequenceEquals(right.AsString):
                throw Fail($"string '{Show(left)}' is not equal to string '{Show(right)}'");
            case ValueKind.Path when !left.AsPath.SequenceEquals(right.AsPath):
                throw Fail($"path '{Show(left)}' is not equal to path '{Show(right)}'");
            case ValueKind.List:
                CheckLists(left, right, position);
                break;
            case ValueKind.AttributeSet:
                CheckSets(left, right, position);
                break;
            case ValueKind.Function:
                throw Fail(
                    "distinct functions and immediate comparisons of identical functions compare as unequal"
                );
        }
    }

    private static void CheckLists(Value left, Value right, Position position)
    {
        var first = left.AsList;
        var second = right.AsList;
        if (first.Length != second.Length)
            throw Fail(
                $"list of size '{first.Length}' is not equal to list of size '{second.Length}', left hand side is '{Show(left)}', right hand side is '{Show(right)}'"
            );
        for (var index = 0; index < first.Length; index++)
        {
            try
            {
                Check(first[index], second[index], position, isInside: true);
            }
            catch (EvaluationException failure)
                when (failure.AddTrace(position, $"while comparing list element {index}"))
            {
                throw;
            }
        }
    }

    private static void CheckSets(Value left, Value right, Position position)
    {
        var first = left.AsAttributeSet;
        var second = right.AsAttributeSet;
        if (Derivations.BothOutPaths(first, second, out var leftPath, out var rightPath))
        {
            CheckOutPaths(leftPath, rightPath, position);
            return;
        }
        if (first.Count != second.Count)
            throw Fail(
                $"attribute names of attribute set '{Show(left)}' differs from attribute set '{Show(right)}'"
            );
        for (var index = 0; index < first.Count; index++)
        {
            var name = first.SymbolAt(index);
            var other = second.SymbolAt(index);
            if (!ReferenceEquals(name, other))
                throw second.Find(name) < 0
                    ? Fail(
                        $"attribute name '{name}' is contained in '{Show(left)}', but not in '{Show(right)}'"
                    )
                    : Fail(
                        $"attribute name '{other}' is missing in '{Show(left)}', but is contained in '{Show(right)}'"
                    );
            try
            {
                Check(first[index], second[index], position, isInside: true);
            }
            catch (EvaluationException failure)
                when (AddTrace(failure, first, second, index, position))
            {
                throw;
            }
        }
    }

    private static void CheckOutPaths(Value left, Value right, Position position)
    {
        try
        {
            Check(left, right, position, isInside: true);
        }
        catch (EvaluationException failure)
            when (failure.AddTrace(
                    position,
                    $"while comparing a derivation by its '{"outPath"}' attribute"
                )
            )
        {
            throw;
        }
    }

    // Traces come out in reverse: "while comparing …", "where left …", "where right …".
    private static bool AddTrace(
        EvaluationException failure,
        AttributeSet left,
        AttributeSet right,
        int index,
        Position position
    )
    {
        if (right.PositionAt(index) is { IsKnown: true } rightPosition)
            failure.AddTrace(rightPosition, "where right hand side is");
        if (left.PositionAt(index) is { IsKnown: true } leftPosition)
            failure.AddTrace(leftPosition, "where left hand side is");
        return failure.AddTrace(position, $"while comparing attribute '{left.SymbolAt(index)}'");
    }

    private static bool IsNumber(Value value) => value.IsInteger || value.IsFloat;

    private static ByteString Show(Value value) => ValuePrinter.ForError(value);

    private static EvaluationException Fail(Hint hint) => EvaluationException.AssertionFailed(hint);
}
