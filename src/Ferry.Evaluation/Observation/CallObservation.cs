using System.Runtime.CompilerServices;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;

namespace Ferry.Evaluation.Observation;

/// <summary>Calls that are watched.</summary>
internal static class CallObservation
{
    [ThreadStatic]
    private static ICallObserver? t_observer;

    /// <summary>From now on the calling thread's calls are told to the observer.</summary>
    public static void Attach(ICallObserver? observer)
    {
        t_observer = observer;
        ThreadBlock.Observe(observer is not null);
    }

    // Spans on the stack are cleared on entry, so the calls that nobody watches must not contain them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Value Call(Value function, Value argument, Position position) =>
        Call(function, [argument], position);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Value Call(Value function, Value first, Value second, Position position) =>
        Call(function, [first, second], position);

    /// <summary>Calls with all arguments, which are at least one, inside one observed call.</summary>
    public static Value Call(Value function, ReadOnlySpan<Value> arguments, Position position)
    {
        var observer = t_observer;
        var call = new ObservedCall(function, arguments[0], position);
        observer?.Enter(call);
        try
        {
            foreach (var argument in arguments)
                function = Calling.Apply(function, argument, position);
            return function;
        }
        finally
        {
            observer?.Leave(call);
        }
    }
}
