using Ferry.Builtins.Sorting;
using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary>Builtins that call functions of the program on the elements of lists.</summary>
internal static class HigherOrderBuiltins
{
    private static readonly Symbol s_right = Symbols.Of("right");
    private static readonly Symbol s_wrong = Symbols.Of("wrong");

    public static Builtin[] Table { get; } =
    [
        new("all", ["pred", "list"], "Tells whether a predicate holds for every element.", All),
        new("any", ["pred", "list"], "Tells whether a predicate holds for some element.", Any),
        new(
            "concatMap",
            ["f", "list"],
            "Calls a function that returns lists on every element and joins the results.",
            ConcatMap
        ),
        new(
            "filter",
            ["f", "list"],
            "Returns the elements for which a predicate holds, in their order.",
            Filter
        ),
        new(
            "foldl'",
            ["op", "nul", "list"],
            "Reduces a list with a binary operator from left to right, strictly.",
            FoldLeft
        ),
        new(
            "genList",
            ["generator", "length"],
            "Makes a list by calling a function on each index from zero.",
            GenerateList
        ),
        new(
            "groupBy",
            ["f", "list"],
            "Groups elements by the string that a function returns for each.",
            GroupBy
        ),
        new("map", ["f", "list"], "Applies a function to every element, lazily.", Map)
        {
            IsGlobal = true,
        },
        new(
            "partition",
            ["pred", "list"],
            "Splits a list into the elements for which a predicate holds and the others.",
            Partition
        ),
        new(
            "sort",
            ["comparator", "list"],
            "Sorts a list stably by a function that tells whether one element comes before another.",
            Sort
        ),
    ];

    private static Value All(in BuiltinCall call) => AnyOrAll(call, wanted: false);

    private static Value Any(in BuiltinCall call) => AnyOrAll(call, wanted: true);

    // Stops at the first element whose answer decides.
    private static Value AnyOrAll(in BuiltinCall call, bool wanted)
    {
        var function = call.ForceFunction(0);
        var list = call.ForceList(1);
        var because =
            $"while evaluating the return value of the function passed to builtins.{call.Name}";
        for (var index = 0; index < list.Length; index++)
        {
            var answer = BuiltinCall.CallFunction(function, list[index]);
            if (BuiltinCall.ForceBool(answer, because) == wanted)
                return Value.Of(wanted);
        }

        return Value.Of(!wanted);
    }

    private static Value ConcatMap(in BuiltinCall call)
    {
        var function = call.ForceFunction(0);
        var list = call.ForceList(1);
        var parts = new Value[list.Length];
        var length = 0L;
        for (var index = 0; index < list.Length; index++)
        {
            parts[index] = BuiltinCall.CallFunction(function, list[index]);
            length += BuiltinCall
                .ForceList(
                    parts[index],
                    "while evaluating the return value of the function passed to builtins.concatMap",
                    parts[index].IsAttributeSet ? parts[index].AsAttributeSet.Position
                        : parts[index].IsLambda ? Evaluator.PositionOf(parts[index])
                        : Evaluator.PositionOf(function)
                )
                .Length;
        }

        var all = ListValue.Create(checked((int)length));
        var position = 0;
        foreach (var part in parts)
        {
            all.CopyFrom(part.AsList, position);
            position += part.AsList.Length;
        }

        return all.ToValue();
    }

    private static Value Filter(in BuiltinCall call)
    {
        var list = call.ForceList(1);
        if (list.Length == 0)
            return list.ToValue();
        var function = call.ForceFunction(0);
        var kept = new List<Value>();
        for (var index = 0; index < list.Length; index++)
        {
            var element = list[index];
            var answer = BuiltinCall.CallFunction(function, element);
            if (
                BuiltinCall.ForceBool(
                    answer,
                    "while evaluating the return value of the filtering function passed to builtins.filter"
                )
            )
                kept.Add(element);
        }

        return kept.Count == list.Length ? list.ToValue() : ToList(kept);
    }

    private static Value FoldLeft(in BuiltinCall call)
    {
        var function = call.ForceFunction(
            0,
            "while evaluating the first argument passed to builtins.foldlStrict"
        );
        var list = call.ForceList(
            2,
            "while evaluating the third argument passed to builtins.foldlStrict"
        );
        var current = call.Argument(1);
        for (var index = 0; index < list.Length; index++)
            current = BuiltinCall.CallFunction(function, current, list[index]);
        return current.Force();
    }

    private static Value GenerateList(in BuiltinCall call)
    {
        var length = call.ForceInt(1);
        if (length < 0)
            throw BuiltinCall.Fail($"cannot create list of size {length}");
        var function = call.ForceFunction(0);
        if (length > int.MaxValue)
            throw BuiltinCall.Fail($"cannot create list of size {length}");
        var list = ListValue.Create((int)length);
        for (var index = 0; index < list.Length; index++)
            list.Set(index, Delayed.Call(function, Value.Of((long)index)));
        return list.ToValue();
    }

    private static Value GroupBy(in BuiltinCall call)
    {
        var function = call.ForceFunction(0);
        var list = call.ForceList(1);
        var groups = new Dictionary<Symbol, List<Value>>();
        for (var index = 0; index < list.Length; index++)
        {
            var element = list[index];
            var name = call.ForceStringWithoutContext(
                BuiltinCall.CallFunction(function, element),
                "while evaluating the return value of the grouping function passed to builtins.groupBy"
            );
            var symbol = Symbols.Of(name.Bytes);
            if (!groups.TryGetValue(symbol, out var group))
                groups.Add(symbol, group = []);
            group.Add(element);
        }

        var result = new AttributeSetBuilder(groups.Count);
        foreach (var (symbol, group) in groups)
            result.Add(symbol, ToList(group));
        return result.ToValue();
    }

    private static Value Map(in BuiltinCall call)
    {
        var list = call.ForceList(1);
        if (list.Length == 0)
            return list.ToValue();
        var function = call.ForceFunction(0);
        var mapped = ListValue.Create(list.Length);
        for (var index = 0; index < list.Length; index++)
            mapped.Set(index, Delayed.Call(function, list[index]));
        return mapped.ToValue();
    }

    private static Value Partition(in BuiltinCall call)
    {
        var function = call.ForceFunction(0);
        var list = call.ForceList(1);
        var right = new List<Value>();
        var wrong = new List<Value>();
        for (var index = 0; index < list.Length; index++)
        {
            var element = list.Force(index);
            var answer = BuiltinCall.CallFunction(function, element);
            var isRight = BuiltinCall.ForceBool(
                answer,
                "while evaluating the return value of the partition function passed to builtins.partition"
            );
            (isRight ? right : wrong).Add(element);
        }

        return new AttributeSetBuilder(2)
            .Add(s_right, ToList(right))
            .Add(s_wrong, ToList(wrong))
            .ToValue();
    }

    private static Value Sort(in BuiltinCall call)
    {
        var list = call.ForceList(1);
        if (list.Length == 0)
            return list.ToValue();
        var function = call.ForceFunction(0);
        var elements = new Value[list.Length];
        for (var index = 0; index < elements.Length; index++)
            elements[index] = list.Force(index);
        PeekSort<Value>.Sort(elements, Order(function));
        return ListValue.Of(elements).ToValue();
    }

    // The builtin comparison is done here instead of being called, as stock does: it also shows in traces.
    private static Func<Value, Value, bool> Order(Value function) =>
        ArithmeticBuiltins.IsLessThan(function)
            ? (left, right) =>
                Comparison.IsLess(
                    left,
                    right,
                    "while evaluating the ordering function passed to builtins.sort"
                )
            : (left, right) =>
                BuiltinCall.ForceBool(
                    BuiltinCall.CallFunction(function, left, right),
                    "while evaluating the return value of the sorting function passed to builtins.sort"
                );

    private static Value ToList(List<Value> elements)
    {
        var list = ListValue.Create(elements.Count);
        for (var index = 0; index < elements.Count; index++)
            list.Set(index, elements[index]);
        return list.ToValue();
    }
}
