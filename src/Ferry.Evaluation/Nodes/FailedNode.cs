using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Nodes;

/// <summary>Fails as a computation failed before. The frame of its thunks holds a number.</summary>
/// <remarks>As in stock: an effect such as <c>builtins.trace</c> is seen once, and the first attempt's trace is shown each time.</remarks>
internal sealed class FailedNode : Node
{
    private static readonly FailedNode s_instance = (FailedNode)new FailedNode().Register();

    // What all its thunks have in common.
    private static readonly ulong s_word = Cell.Pack(Tag.Thunk, (uint)s_instance.Id, 0);

    private readonly List<Failure> _failures = [];
    private readonly Lock _gate = new();

    private FailedNode() { }

    /// <summary>A computation that fails so.</summary>
    public static Delayed Of(Failure failure)
    {
        lock (s_instance._gate)
        {
            // The slots that one failure passed may be given back in several steps, one right after another.
            if (s_instance._failures.Count == 0 || s_instance._failures[^1] != failure)
                s_instance._failures.Add(failure);
            var number = Value.Of(s_instance._failures.Count - 1L);
            return Delayed.Thunk(s_instance, Frame.Create(Frame.None, Delayed.Of(number)));
        }
    }

    public static bool IsOne(ulong word) => (word & ~Cell.ClaimedBit & 0xffff_ffff) == s_word;

    public override Value Evaluate(Frame frame)
    {
        lock (_gate)
            throw EvaluationException.Again(_failures[(int)frame.Get(0).AsInteger]);
    }
}
