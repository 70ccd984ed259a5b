using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;

namespace Ferry.Evaluation.Values;

/// <summary>A builtin that belongs to an evaluator; builtin values hold its number.</summary>
internal sealed class BoundBuiltin
{
    private static readonly Lock s_gate = new();
    private static BoundBuiltin[] s_byId = new BoundBuiltin[256];
    private static int s_count;

    public BoundBuiltin(Builtin builtin, Evaluator evaluator)
    {
        if (builtin.Arity is 0 or > Builtin.ArityMax)
            throw new ArgumentException($"builtin '{builtin.Name}' must have 1 to 3 parameters");
        (Builtin, Evaluator) = (builtin, evaluator);
        (Body, Arity, StrictArguments) = (
            builtin.Body,
            builtin.Arity,
            builtin.StrictArguments | builtin.ExplainedArguments
        );
        lock (s_gate)
        {
            if (s_count == s_byId.Length)
            {
                var grown = new BoundBuiltin[s_count * 2];
                s_byId.CopyTo(grown, 0);
                Volatile.Write(ref s_byId, grown);
            }
            Id = s_count++;
            s_byId[Id] = this;
        }
    }

    public int Id { get; }

    public Builtin Builtin { get; }

    public Evaluator Evaluator { get; }

    public BuiltinBody Body { get; }

    public int Arity { get; }

    public int StrictArguments { get; }

    public static BoundBuiltin ById(int id) => s_byId[id];

    /// <summary>Runs the body with all its arguments.</summary>
    public Value Invoke(Value first, Value second, Value third, Position position)
    {
        try
        {
            return Body(new BuiltinCall(this, first, second, third));
        }
        catch (EvaluationException failure) when (AddTrace(failure, position))
        {
            throw;
        }
    }

    /// <summary>Runs the body of a builtin of one argument.</summary>
    public Value Invoke(Node argument, Frame frame, Position position)
    {
        try
        {
            return Body(new BuiltinCall(this, Prepare(argument, 0, frame), default, default));
        }
        catch (EvaluationException failure) when (AddTrace(failure, position))
        {
            throw;
        }
    }

    /// <summary>Runs the body with exactly as many arguments as it wants.</summary>
    public Value Invoke(ReadOnlySpan<Node> arguments, Frame frame, Position position)
    {
        try
        {
            var first = Prepare(arguments[0], 0, frame);
            var second = Arity > 1 ? Prepare(arguments[1], 1, frame) : default;
            var third = Arity > 2 ? Prepare(arguments[2], 2, frame) : default;
            return Body(new BuiltinCall(this, first, second, third));
        }
        catch (EvaluationException failure) when (AddTrace(failure, position))
        {
            throw;
        }
    }

    // An argument that the body forces first of all needs no thunk.
    private Value Prepare(Node argument, int index, Frame frame)
    {
        if ((StrictArguments >> index & 1) == 0)
            return argument.DelayArgument(frame).Share();
        if ((Builtin.ExplainedArguments >> index & 1) == 0)
            return argument.Evaluate(frame);
        if (argument.TryEvaluateCheaply(frame, out var value))
            return value;
        try
        {
            return argument.Evaluate(frame);
        }
        catch (EvaluationException failure)
            when (failure.AddTrace(Position.None, BuiltinCall.Because(Builtin, index)))
        {
            throw;
        }
    }

    public bool AddTrace(EvaluationException failure, Position position) =>
        Builtin.AddsTrace
        && failure.AddTrace(position, $"while calling the '{Builtin.Name}' builtin");
}
