using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;

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
        (Body, Arity, StrictArguments) = (builtin.Body, builtin.Arity, builtin.StrictArguments);
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

    public bool AddTrace(EvaluationException failure, Position position) =>
        Builtin.AddsTrace
        && failure.AddTrace(position, $"while calling the '{Builtin.Name}' builtin");
}
