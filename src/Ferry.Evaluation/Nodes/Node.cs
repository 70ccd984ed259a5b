using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Nodes;

/// <summary>A bound expression that evaluates itself. Immutable but for its inline caches, which any thread may write.</summary>
internal abstract class Node
{
    /// <summary>A thunk has 24 bits for its node. Only nodes that get suspended take a number.</summary>
    private const int IdMax = 0xff_ffff;

    private static readonly Lock s_gate = new();

    // Number 0 is never given away.
    private static Node[] s_byId = new Node[4096];
    private static int s_count = 1;

    private int _id;

    /// <summary>The number in thunks and lambdas; given on first use by the binder.</summary>
    internal int Id => _id;

    /// <summary>How many nodes of this process have a number.</summary>
    internal static int RegisteredCount => Volatile.Read(ref s_count) - 1;

    internal static Node ById(int id) => s_byId[id];

    /// <summary>Computes the expression to weak head normal form.</summary>
    public abstract Value Evaluate(Frame frame);

    /// <summary>The expression for a slot: a thunk, or the value itself where that is as cheap.</summary>
    public virtual Delayed Delay(Frame frame) => Delayed.Thunk(this, frame);

    /// <summary>The expression as an argument of a call, where nobody can see whether it was suspended.</summary>
    public virtual Delayed DelayArgument(Frame frame) => Delay(frame);

    /// <summary>Computes the expression if that takes no call, no allocation and cannot fail.</summary>
    public virtual bool TryEvaluateCheaply(Frame frame, out Value result)
    {
        result = default;
        return false;
    }

    /// <summary>Must have happened before <see cref="Delay"/> makes a thunk.</summary>
    /// <exception cref="EvaluationException">There are 16.7 million nodes already.</exception>
    internal Node Register()
    {
        if (_id != 0)
            return this;
        lock (s_gate)
        {
            if (s_count > IdMax)
                throw EvaluationException.Failed(
                    "the program has more than 16.7 million expressions to suspend, which is the limit"
                );
            if (s_count == s_byId.Length)
            {
                var grown = new Node[s_count * 2];
                s_byId.CopyTo(grown, 0);
                Volatile.Write(ref s_byId, grown);
            }
            s_byId[s_count] = this;
            _id = s_count++;
        }
        return this;
    }
}
