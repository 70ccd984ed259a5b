using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary>Builtins that take attribute sets apart and put them together.</summary>
internal static class AttributeSetBuiltins
{
    public static Builtin[] Table { get; } =
    [
        new("attrNames", ["set"], "Returns the names of a set's attributes, sorted.", AttrNames),
        new("attrValues", ["set"], "Returns a set's values in the order of names.", AttrValues),
        new(
            "catAttrs",
            ["attr", "list"],
            "Collects one attribute from those sets of a list that have it.",
            CatAttrs
        ),
        new(
            "functionArgs",
            ["f"],
            "Returns which arguments a function's set pattern names, and whether they have defaults.",
            FunctionArgs
        ),
        new("getAttr", ["s", "set"], "Returns the attribute of a given name.", GetAttr),
        new("hasAttr", ["s", "set"], "Tells whether a set has an attribute.", HasAttr),
        new(
            "intersectAttrs",
            ["e1", "e2"],
            "Returns the attributes of the second set whose names the first has too.",
            IntersectAttrs
        ),
        new(
            "listToAttrs",
            ["e"],
            "Makes a set of a list of name and value pairs; the first of equal names wins.",
            ListToAttrs
        ),
        new(
            "mapAttrs",
            ["f", "attrset"],
            "Applies a function to every name and value, lazily.",
            MapAttrs
        ),
        new(
            "removeAttrs",
            ["set", "list"],
            "Returns a set without the named attributes.",
            RemoveAttrs
        )
        {
            IsGlobal = true,
        },
        new(
            "unsafeGetAttrPos",
            ["s", "set"],
            "Returns where an attribute was written, or null.",
            UnsafeGetAttrPos
        ),
        new(
            "zipAttrsWith",
            ["f", "list"],
            "Merges sets: calls a function with each name and the list of its values, lazily.",
            ZipAttrsWith
        ),
    ];

    private static Value AttrNames(in BuiltinCall call)
    {
        var set = call.ForceAttributeSet(
            0,
            "while evaluating the argument passed to builtins.attrNames"
        );
        var names = ListValue.Create(set.Count);
        var at = 0;
        foreach (var index in set.NameOrder())
            names.Set(at++, set.SymbolAt(index).ToValue());
        return names.ToValue();
    }

    private static Value AttrValues(in BuiltinCall call)
    {
        var set = call.ForceAttributeSet(
            0,
            "while evaluating the argument passed to builtins.attrValues"
        );
        var values = ListValue.Create(set.Count);
        var at = 0;
        foreach (var index in set.NameOrder())
            values.Set(at++, set[index]);
        return values.ToValue();
    }

    private static Value CatAttrs(in BuiltinCall call)
    {
        var name = Symbols.Of(call.ForceStringWithoutContext(0).Bytes);
        var list = call.ForceList(1);
        var found = new List<Value>();
        for (var index = 0; index < list.Length; index++)
        {
            var set = BuiltinCall.ForceAttributeSet(
                list[index],
                "while evaluating an element in the list passed as second argument to builtins.catAttrs"
            );
            if (set.TryGet(name, out var value))
                found.Add(value);
        }

        return ListValue.Of(found.ToArray()).ToValue();
    }

    private static Value FunctionArgs(in BuiltinCall call)
    {
        var function = call.Force(0);
        if (!function.IsFunction)
            throw Evaluation.EvaluationException.WrongType("'functionArgs' requires a function");
        var formals = FunctionFormals.Of(function);
        var result = new AttributeSetBuilder();
        foreach (var formal in formals?.Arguments ?? [])
            result.Add(formal.Name, Value.Of(formal.HasDefault), formal.Position);
        return result.ToValue();
    }

    private static Value GetAttr(in BuiltinCall call)
    {
        var name = Symbols.Of(call.ForceStringWithoutContext(0).Bytes);
        var set = call.ForceAttributeSet(1);
        var index = set.Find(name);
        return index < 0
            ? throw Attributes.Missing(name, "in the attribute set under consideration")
            : set.Force(index);
    }

    private static Value HasAttr(in BuiltinCall call)
    {
        var name = Symbols.Of(call.ForceStringWithoutContext(0).Bytes);
        return Value.Of(call.ForceAttributeSet(1).Find(name) >= 0);
    }

    // The smaller set is walked and the larger one searched.
    private static Value IntersectAttrs(in BuiltinCall call)
    {
        var left = call.ForceAttributeSet(0);
        var right = call.ForceAttributeSet(1);
        var result = new AttributeSetBuilder(Math.Min(left.Count, right.Count));
        if (left.Count < right.Count)
        {
            for (var index = 0; index < left.Count; index++)
            {
                var found = right.Find(left.SymbolAt(index));
                if (found >= 0)
                    result.Add(right.SymbolAt(found), right[found], right.PositionAt(found));
            }
        }
        else
        {
            for (var index = 0; index < right.Count; index++)
            {
                if (left.Find(right.SymbolAt(index)) >= 0)
                    result.Add(right.SymbolAt(index), right[index], right.PositionAt(index));
            }
        }

        return result.ToValue();
    }

    // Values of names that came before are never looked at, not even for being there.
    private static Value ListToAttrs(in BuiltinCall call)
    {
        const string inPair = "in a {name=...; value=...;} pair";
        var list = call.ForceList(
            0,
            "while evaluating the argument passed to builtins.listToAttrs"
        );
        var names = new Symbol[list.Length];
        for (var index = 0; index < list.Length; index++)
        {
            var pair = BuiltinCall.ForceAttributeSet(
                list[index],
                "while evaluating an element of the list passed to builtins.listToAttrs"
            );
            var at = pair.Find(KnownNames.Name);
            if (at < 0)
                throw Attributes.Missing(KnownNames.Name, inPair);
            names[index] = Symbols.Of(
                call.ForceStringWithoutContext(
                    pair[at],
                    "while evaluating the `name` attribute of an element of the list passed to builtins.listToAttrs",
                    pair.PositionAt(at)
                ).Bytes
            );
        }

        var seen = new HashSet<Symbol>();
        var result = new AttributeSetBuilder(list.Length);
        for (var index = 0; index < list.Length; index++)
        {
            if (!seen.Add(names[index]))
                continue;
            var pair = list.Force(index).AsAttributeSet;
            var at = pair.Find(KnownNames.Value);
            if (at < 0)
                throw Attributes.Missing(KnownNames.Value, inPair);
            result.Add(names[index], pair[at], pair.PositionAt(at));
        }

        return result.ToValue();
    }

    private static Value MapAttrs(in BuiltinCall call)
    {
        var set = call.ForceAttributeSet(1);
        if (set.Count == 0)
            return Value.EmptySet;
        var function = call.Argument(0);
        var mapped = AttributeSet.Create(set.Shape.WithoutPositions());
        for (var index = 0; index < set.Count; index++)
            mapped.Set(index, Delayed.Call(function, set.SymbolAt(index).ToValue(), set[index]));
        return mapped.ToValue();
    }

    private static Value RemoveAttrs(in BuiltinCall call)
    {
        var set = call.ForceAttributeSet(0);
        var list = call.ForceList(1);
        var removed = new HashSet<Symbol>();
        for (var index = 0; index < list.Length; index++)
        {
            var name = call.ForceStringWithoutContext(
                list[index],
                "while evaluating the values of the second argument passed to builtins.removeAttrs"
            );
            var symbol = Symbols.Of(name.Bytes);
            if (set.Find(symbol) >= 0)
                removed.Add(symbol);
        }

        if (removed.Count == 0)
            return set.ToValue();
        var result = new AttributeSetBuilder(set.Count);
        for (var index = 0; index < set.Count; index++)
        {
            if (!removed.Contains(set.SymbolAt(index)))
                result.Add(set.SymbolAt(index), set[index], set.PositionAt(index));
        }

        return result.ToValue();
    }

    private static Value UnsafeGetAttrPos(in BuiltinCall call)
    {
        var name = Symbols.Of(call.ForceStringWithoutContext(0).Bytes);
        var set = call.ForceAttributeSet(1);
        var index = set.Find(name);
        return index < 0
            ? Value.Null
            : PositionValues.Of(set.PositionAt(index), call.Evaluator.SourceObserver);
    }

    private static Value ZipAttrsWith(in BuiltinCall call)
    {
        var function = call.ForceFunction(0);
        var list = call.ForceList(1);
        var values = new Dictionary<Symbol, List<Value>>();
        for (var index = 0; index < list.Length; index++)
        {
            var set = BuiltinCall.ForceAttributeSet(
                list[index],
                "while evaluating a value of the list passed as second argument to builtins.zipAttrsWith"
            );
            for (var at = 0; at < set.Count; at++)
            {
                if (!values.TryGetValue(set.SymbolAt(at), out var all))
                    values.Add(set.SymbolAt(at), all = []);
                all.Add(set[at]);
            }
        }

        var result = new AttributeSetBuilder(values.Count);
        foreach (var (name, all) in values)
        {
            var elements = ListValue.Of(all.ToArray()).ToValue();
            result.Add(name, Delayed.Call(function, name.ToValue(), elements));
        }

        return result.ToValue();
    }
}
