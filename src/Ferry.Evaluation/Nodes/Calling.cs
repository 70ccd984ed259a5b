using System.Runtime.CompilerServices;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Observation;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;

namespace Ferry.Evaluation.Nodes;

/// <summary>Calls of anything that can be called.</summary>
internal static class Calling
{
    public static Value Call(Value function, Value argument, Position position)
    {
        var stack = CallStack.Enter(position);
        var result =
            stack.IsObserved ? CallObservation.Call(function, argument, position)
            : function.IsLambda
                ? function.LambdaNode.Enter(function.LambdaFrame, Delayed.Of(argument), position)
            : Apply(function, argument, position);
        stack.Leave();
        return result;
    }

    public static Value Call(Value function, Value first, Value second, Position position)
    {
        var stack = CallStack.Enter(position);
        Value result;
        if (stack.IsObserved)
        {
            result = CallObservation.Call(function, first, second, position);
        }
        else if (function.IsLambda)
        {
            var frames = CurriedFrames.Start();
            var inner = function.LambdaNode.Enter(
                function.LambdaFrame,
                Delayed.Of(first),
                position
            );
            frames.Add(inner);
            result = frames.Leave(Apply(inner, second, position));
        }
        else if (function.IsBuiltin && function.BoundBuiltin is { Arity: 2 } builtin)
            result = builtin.Invoke(first, second, default, position);
        else
            result = Apply(Apply(function, first, position), second, position);
        stack.Leave();
        return result;
    }

    /// <summary>One step of a call, without counting it.</summary>
    public static Value Apply(Value function, Value argument, Position position)
    {
        if (!function.IsForced)
            function = function.Force(position);
        if (function.IsLambda)
            return function.LambdaNode.Enter(function.LambdaFrame, Delayed.Of(argument), position);
        if (function.IsBuiltin)
        {
            var builtin = function.BoundBuiltin;
            return builtin.Arity == 1
                ? builtin.Invoke(argument, default, default, position)
                : Value.Partial(builtin, argument);
        }
        return function.IsPartialApplication
            ? ApplyPartial(function, argument, position)
            : ApplyFunctor(function, argument, position);
    }

    private static Value ApplyPartial(Value function, Value argument, Position position)
    {
        var builtin = function.BoundBuiltin;
        var first = function.PartialArgument(0);
        if (function.PartialCount == 2)
            return builtin.Invoke(first, function.PartialArgument(1), argument, position);
        return builtin.Arity == 2
            ? builtin.Invoke(first, argument, default, position)
            : Value.Partial(builtin, first, argument);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value ApplyFunctor(Value function, Value argument, Position position)
    {
        var index = function.IsAttributeSet ? function.AsAttributeSet.Find(KnownNames.Functor) : -1;
        if (index < 0)
            throw NotAFunction(function, position);
        var set = function.AsAttributeSet;
        try
        {
            return Call(
                set.Force(index, set.PositionAt(index)),
                function,
                argument,
                set.PositionAt(index)
            );
        }
        catch (EvaluationException failure)
            when (failure.AddTrace(
                    position,
                    "while calling a functor (an attribute set with a '__functor' attribute)"
                )
            )
        {
            throw;
        }
    }

    private static EvaluationException NotAFunction(Value value, Position position)
    {
        var hint = new Hint(0, 0);
        hint.AppendLiteral("attempt to call something which is not a function but ");
        hint.AppendFormatted(TypeNames.Show(value));
        hint.AppendLiteral(": ");
        hint.AppendFormatted(ValuePrinter.ForError(value));
        return EvaluationException.WrongType(hint, position);
    }
}
