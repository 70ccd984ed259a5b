using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>Failing, absorbing failures, and when things are computed.</summary>
internal static class ControlBuiltins
{
    public static Builtin[] Table { get; } =
    [
        new("abort", ["s"], "Stops the evaluation with a message that nothing absorbs.", Abort)
        {
            IsGlobal = true,
        },
        new(
            "addErrorContext",
            ["context", "value"],
            "Returns a value, adding a line to the trace should it fail.",
            AddErrorContext
        )
        {
            // "while calling addErrorContext" would say nothing beside the context itself.
            AddsTrace = false,
        },
        new("break", ["v"], "Returns its argument; under --debugger, evaluation stops here.", Break)
        {
            IsGlobal = true,
        },
        new(
            "deepSeq",
            ["e1", "e2"],
            "Computes the first value with all its parts, returns the second.",
            DeepSeq
        ),
        new("seq", ["e1", "e2"], "Computes the first value, returns the second.", Seq),
        new("throw", ["s"], "Fails with a message; tryEval absorbs it.", Throw) { IsGlobal = true },
        new(
            "tryEval",
            ["e"],
            "Computes a value and tells whether that succeeded; absorbs throw and assert only.",
            TryEval
        ),
    ];

    private static Value Abort(in BuiltinCall call)
    {
        var message = call.CoerceToString(
            call.Argument(0),
            "while evaluating the error message passed to builtins.abort"
        );
        throw EvaluationException.Aborted(
            $"evaluation aborted with the following error message: '{message}'"
        );
    }

    private static Value AddErrorContext(in BuiltinCall call)
    {
        var mark = Trail.Mark();
        try
        {
            return call.Force(1);
        }
        catch (EvaluationException failure)
        {
            // Not in a filter: the context is computed, and may fail itself.
            Trail.Unwind(mark, failure);
            AddContext(failure, call.Evaluator, call.Argument(0));
            throw;
        }
    }

    private static void AddContext(EvaluationException failure, Evaluator evaluator, Value context)
    {
        var message = evaluator.Coercer.ToString(
            context,
            Position.None,
            "while evaluating the error message passed to builtins.addErrorContext",
            StringCoercion.CanonicalizePath
        );
        failure.AddTrace(Position.None, Hint.Of(message.Bytes), isAlwaysShown: true);
    }

    private static Value Break(in BuiltinCall call)
    {
        call.Evaluator.Debugging?.Break();
        return call.Force(0);
    }

    private static Value DeepSeq(in BuiltinCall call)
    {
        Evaluator.ForceDeep(call.Argument(0));
        return call.Force(1);
    }

    private static Value Seq(in BuiltinCall call)
    {
        call.Force(0);
        return call.Force(1);
    }

    private static Value Throw(in BuiltinCall call)
    {
        var message = call.CoerceToString(
            call.Argument(0),
            "while evaluating the error message passed to builtin.throw"
        );
        throw EvaluationException.Thrown(Hint.Of(message.Bytes));
    }

    private static Value TryEval(in BuiltinCall call)
    {
        var mark = Trail.Mark();
        var debugging = call.Evaluator.Debugging;
        debugging?.EnterTry();
        try
        {
            return Outcome(isSuccess: true, call.Force(0));
        }
        catch (EvaluationException failure)
            when (debugging?.Meet(failure) == true || failure.IsCatchable)
        {
            Trail.Unwind(mark, failure);
            return Outcome(isSuccess: false, Value.False);
        }
        finally
        {
            debugging?.LeaveTry();
        }
    }

    private static Value Outcome(bool isSuccess, Value value) =>
        new AttributeSetBuilder(2)
            .Add(KnownNames.Success, Value.Of(isSuccess))
            .Add(KnownNames.Value, value)
            .ToValue();
}
