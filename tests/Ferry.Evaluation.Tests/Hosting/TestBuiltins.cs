using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Evaluation.Tests.Hosting;

/// <summary>A few builtins, so that these tests need no other room.</summary>
internal static class TestBuiltins
{
    public static Builtin[] Table { get; } =
    [
        new("map", ["f", "list"], "Applies a function.", Map) { IsGlobal = true },
        new("throw", ["message"], "Fails.", Throw) { IsGlobal = true },
        new("toString", ["value"], "Coerces.", CoerceToString) { IsGlobal = true },
        new("seq", ["first", "second"], "Forces both.", Sequence),
        new("tryEval", ["value"], "Catches.", TryEvaluate),
        new("genList", ["generator", "length"], "Makes a list.", GenerateList),
        new("foldl'", ["op", "nul", "list"], "Folds.", Fold),
        new("length", ["list"], "Counts.", Length) { StrictArguments = 1 },
        new("elemAt", ["list", "index"], "Selects.", ElementAt) { StrictArguments = 3 },
    ];

    private static Value Map(in BuiltinCall call)
    {
        var list = call.ForceList(1);
        var result = ListValue.Create(list.Length);
        for (var index = 0; index < list.Length; index++)
            result.Set(index, Delayed.Call(call.Argument(0), list[index]));
        return result.ToValue();
    }

    private static Value Throw(in BuiltinCall call) =>
        throw EvaluationException.Thrown(Hint.Of(call.ForceString(0).Bytes));

    private static Value CoerceToString(in BuiltinCall call) =>
        Value.Of(
            call.CoerceToString(
                call.Argument(0),
                call.Because(0),
                StringCoercion.More | StringCoercion.CanonicalizePath
            )
        );

    private static Value Sequence(in BuiltinCall call)
    {
        call.Force(0);
        return call.Force(1);
    }

    private static Value TryEvaluate(in BuiltinCall call)
    {
        var mark = Trail.Mark();
        var result = new AttributeSetBuilder(2);
        try
        {
            result.Add(KnownNames.Value, call.Force(0)).Add(KnownNames.Success, Value.True);
        }
        catch (EvaluationException failure) when (failure.IsCatchable)
        {
            Trail.Unwind(mark);
            result.Add(KnownNames.Value, Value.False).Add(KnownNames.Success, Value.False);
        }
        return result.ToValue();
    }

    private static Value GenerateList(in BuiltinCall call)
    {
        var length = (int)call.ForceInt(1);
        var result = ListValue.Create(length);
        for (var index = 0; index < length; index++)
            result.Set(index, Delayed.Call(call.Argument(0), Value.Of((long)index)));
        return result.ToValue();
    }

    private static Value Fold(in BuiltinCall call)
    {
        var function = call.ForceFunction(0);
        var list = call.ForceList(2);
        var result = call.Argument(1);
        for (var index = 0; index < list.Length; index++)
            result = BuiltinCall.CallFunction(function, result, list[index]);
        return result.Force();
    }

    private static Value Length(in BuiltinCall call) => Value.Of((long)call.ForceList(0).Length);

    private static Value ElementAt(in BuiltinCall call) =>
        call.ForceList(0).Force((int)call.ForceInt(1));
}
