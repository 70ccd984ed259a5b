using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary><c>genericClosure</c>: everything that can be reached from a start.</summary>
internal static class ClosureBuiltins
{
    private static readonly Symbol s_startSet = Symbols.Of("startSet");
    private static readonly Symbol s_operator = Symbols.Of("operator");
    private static readonly Symbol s_key = Symbols.Of("key");

    public static Builtin[] Table { get; } =
    [
        new(
            "genericClosure",
            ["attrset"],
            "Returns the start set and everything an operator leads to, each key once, breadth first.",
            GenericClosure
        ),
    ];

    private static Value GenericClosure(in BuiltinCall call)
    {
        const string inSet = "in the attrset passed as argument to builtins.genericClosure";
        var options = call.ForceAttributeSet(0);
        var start = BuiltinCall.ForceList(
            Attributes.Require(options, s_startSet, inSet),
            "while evaluating the 'startSet' attribute passed as argument to builtins.genericClosure"
        );
        if (start.Length == 0)
            return start.ToValue();
        var function = BuiltinCall.ForceFunction(
            Attributes.Require(options, s_operator, inSet),
            "while evaluating the 'operator' attribute passed as argument to builtins.genericClosure"
        );

        var work = new Queue<Value>();
        for (var index = 0; index < start.Length; index++)
            work.Enqueue(start[index]);
        var keys = new SortedDictionary<Value, Value>(KeyOrder.Instance);
        var reached = new List<Value>();
        while (work.TryDequeue(out var element))
        {
            if (!TryAddKey(keys, element, Key(element)))
                continue;
            reached.Add(element);
            Expand(function, element, work);
        }

        var result = ListValue.Create(reached.Count);
        for (var index = 0; index < reached.Count; index++)
            result.Set(index, reached[index]);
        return result.ToValue();
    }

    private static Value Key(Value element)
    {
        Value key;
        try
        {
            key = Attributes.Require(BuiltinCall.ForceAttributeSet(element, ""), s_key, "");
        }
        catch (EvaluationException failure)
            when (failure.AddTrace(
                    Position.None,
                    $"in genericClosure element {ValuePrinter.ForError(element)}"
                )
            )
        {
            throw;
        }

        return key.Force();
    }

    private static bool TryAddKey(SortedDictionary<Value, Value> keys, Value element, Value key)
    {
        try
        {
            return keys.TryAdd(key, element);
        }
        catch (EvaluationException failure)
        {
            // Not in a filter: it compares again, which may compute.
            ExplainKeys(failure, keys, element, key);
            throw;
        }
    }

    // Looks for the element whose key could not be compared, which the tree does not tell.
    private static void ExplainKeys(
        EvaluationException failure,
        SortedDictionary<Value, Value> keys,
        Value element,
        Value key
    )
    {
        foreach (var (otherKey, other) in keys)
        {
            if (CanCompare(key, otherKey))
                continue;
            failure.AddTrace(Position.None, $"with element {ValuePrinter.ForError(other)}");
            failure.AddTrace(
                Position.None,
                $"while comparing element {ValuePrinter.ForError(element)}"
            );
            return;
        }

        failure.AddTrace(
            Position.None,
            $"while checking key of element {ValuePrinter.ForError(element)}"
        );
    }

    private static bool CanCompare(Value left, Value right)
    {
        var mark = Trail.Mark();
        try
        {
            Comparison.IsLess(left, right);
            return true;
        }
        catch (EvaluationException failure)
        {
            Trail.Unwind(mark, failure);
            return false;
        }
    }

    private static void Expand(Value function, Value element, Queue<Value> work)
    {
        try
        {
            var more = BuiltinCall.ForceList(
                BuiltinCall.CallFunction(function, element),
                "while evaluating the return value of the `operator` passed to builtins.genericClosure"
            );
            for (var index = 0; index < more.Length; index++)
                work.Enqueue(more.Force(index));
        }
        catch (EvaluationException failure)
            when (failure.AddTrace(
                    Position.None,
                    $"while calling {"operator"} on genericClosure element {ValuePrinter.ForError(element)}"
                )
            )
        {
            throw;
        }
    }

    private sealed class KeyOrder : IComparer<Value>
    {
        public static KeyOrder Instance { get; } = new();

        public int Compare(Value left, Value right)
        {
            if (left.IsString && right.IsString)
                return left.AsString.Bytes.SequenceCompareTo(right.AsString.Bytes);
            if (left.IsInteger && right.IsInteger)
                return left.AsInteger.CompareTo(right.AsInteger);
            if (Comparison.IsLess(left, right))
                return -1;
            return Comparison.IsLess(right, left) ? 1 : 0;
        }
    }
}
