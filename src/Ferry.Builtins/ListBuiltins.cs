using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>Builtins that take lists apart. See <see cref="HigherOrderBuiltins"/> for those that call Nix code.</summary>
internal static class ListBuiltins
{
    public static Builtin[] Table { get; } =
    [
        new("concatLists", ["lists"], "Joins a list of lists into a single list.", ConcatLists),
        new("elem", ["x", "xs"], "Tells whether a list contains a value equal to another.", Elem),
        new("elemAt", ["xs", "n"], "Returns the element at a zero-based index.", ElemAt),
        new("head", ["list"], "Returns the first element of a list.", Head),
        new("length", ["e"], "Returns the number of elements of a list.", Length),
        new("tail", ["list"], "Returns a list without its first element, in O(n).", Tail),
    ];

    private static Value ConcatLists(in BuiltinCall call)
    {
        var lists = call.ForceList(0);
        return Concat(lists, "while evaluating a value of the list passed to builtins.concatLists");
    }

    /// <summary>Joins lists; a single one that is not empty is returned as it is.</summary>
    public static Value Concat(ListValue lists, string because)
    {
        var length = 0L;
        var filled = -1;
        var filledCount = 0;
        for (var index = 0; index < lists.Length; index++)
        {
            var part = BuiltinCall.ForceList(lists[index], because);
            length += part.Length;
            if (part.Length == 0)
                continue;
            filled = index;
            filledCount++;
        }

        if (filledCount == 1)
            return lists.Force(filled);
        var all = ListValue.Create(checked((int)length));
        var position = 0;
        for (var index = 0; index < lists.Length; index++)
        {
            var part = lists.Force(index).AsList;
            all.CopyFrom(part, position);
            position += part.Length;
        }

        return all.ToValue();
    }

    private static Value Elem(in BuiltinCall call)
    {
        var list = call.ForceList(1);
        var wanted = call.Argument(0);
        for (var index = 0; index < list.Length; index++)
        {
            if (Comparison.AreElementsEqual(wanted, list[index]))
                return Value.True;
        }

        return Value.False;
    }

    // O(1); forces the index, the list and the chosen element, no other element.
    private static Value ElemAt(in BuiltinCall call)
    {
        var index = call.ForceInt(
            1,
            "while evaluating the second argument passed to 'builtins.elemAt'"
        );
        var list = call.ForceList(
            0,
            "while evaluating the first argument passed to 'builtins.elemAt'"
        );
        if (index < 0 || index >= list.Length)
            throw BuiltinCall.Fail(
                $"'builtins.elemAt' called with index {index} on a list of size {list.Length}"
            );
        return list.Force((int)index);
    }

    private static Value Head(in BuiltinCall call)
    {
        var list = call.ForceList(
            0,
            "while evaluating the first argument passed to 'builtins.head'"
        );
        if (list.Length == 0)
            throw BuiltinCall.Fail("'builtins.head' called on an empty list");
        return list.Force(0);
    }

    private static Value Length(in BuiltinCall call) => Value.Of((long)call.ForceList(0).Length);

    private static Value Tail(in BuiltinCall call)
    {
        var list = call.ForceList(
            0,
            "while evaluating the first argument passed to 'builtins.tail'"
        );
        if (list.Length == 0)
            throw BuiltinCall.Fail("'builtins.tail' called on an empty list");
        return list.Slice(1, list.Length - 1).ToValue();
    }
}
