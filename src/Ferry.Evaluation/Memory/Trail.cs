using System.Runtime.CompilerServices;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Nodes;

namespace Ferry.Evaluation.Memory;

/// <summary>The slots a thread is computing: gives claims back after a failure and tells recursion from waiting.</summary>
public static unsafe class Trail
{
    // Most waits are short; sleeping costs a millisecond.
    private const int SleepAfterSpins = 60;

    private static readonly Lock s_waiting = new();

    /// <summary>Where the thread stands now; see <see cref="Unwind"/>.</summary>
    public static TrailMark Mark()
    {
        var block = ThreadBlock.Current;
        return new(block->TrailCount, block->CallDepth);
    }

    /// <summary>After catching the failure: slots claimed since the mark remember it.</summary>
    /// <remarks>
    /// Threads that share work come to slots in any order, and would remember any of the ways to a failure: after
    /// <see cref="ForgetFailures"/>, and after a failure that says nothing about the program, slots become suspended again.
    /// The claim kept the payload, so one bit is all there is to undo.
    /// </remarks>
    public static void Unwind(TrailMark mark, EvaluationException failure)
    {
        var block = ThreadBlock.Current;
        if (
            !block->ForgetsFailures
            && failure.Failure.IsLasting
            && block->TrailCount > mark.TrailCount
        )
        {
            var remembered = FailedNode.Of(failure.Failure).Word;
            for (var index = mark.TrailCount; index < block->TrailCount; index++)
            {
                var slot = Arena.At(block->Trail[index]);
                if ((byte)*slot < (byte)Tag.Integer && !FailedNode.IsOne(*slot))
                    *slot = remembered;
            }
        }
        Abandon(mark);
    }

    /// <summary>From now on the calling thread works on a share of something.</summary>
    internal static void ForgetFailures() => ThreadBlock.Current->ForgetsFailures = true;

    /// <summary>After catching any exception: slots claimed since the mark become suspended again.</summary>
    public static void Abandon(TrailMark mark)
    {
        var block = ThreadBlock.Current;
        while (block->TrailCount > mark.TrailCount)
        {
            var slot = Arena.At(block->Trail[--block->TrailCount]);
            var word = *slot;
            if ((byte)word < (byte)Tag.Integer)
                Volatile.Write(ref *slot, word & ~Cell.ClaimedBit);
        }
        block->CallDepth = mark.CallDepth;
    }

    /// <summary>The calling thread computes ahead of the evaluating one.</summary>
    internal static bool IsHelper => ThreadBlock.Current->IsHelper;

    /// <summary>The calling thread goes on as if that many calls surrounded it.</summary>
    internal static void StandAt(int callDepth) => ThreadBlock.Current->CallDepth = callDepth;

    /// <summary>Returns when the slot is no longer claimed.</summary>
    /// <remarks>
    /// A ring with a helper in it is broken by the helper, which gives its slots back: only so does the evaluating thread
    /// come to the recursion on the way, and with the trace, that it would have found alone.
    /// </remarks>
    /// <exception cref="EvaluationException">This thread, or a ring of waiting threads, computes it already.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Await(ulong* slot, Position position)
    {
        var handle = Arena.HandleOf(slot);
        var block = ThreadBlock.Current;
        // An empty slot is a name that is used while the frame it belongs to is laid out: nobody will fill it.
        if (
            Cell.ParallelThreads == 0
            || (Tag)(byte)Volatile.Read(ref *slot) == Tag.None
            || block->Computes(handle)
        )
            throw EvaluationException.InfiniteRecursion(position);

        Volatile.Write(ref block->WaitingFor, handle);
        try
        {
            var spinner = new SpinWait();
            while (IsClaimed(slot))
            {
                if (spinner.NextSpinWillYield)
                {
                    if (IsInRing(block, handle))
                        throw EvaluationException.InfiniteRecursion(position);
                    if (block->StackLimit == nuint.MaxValue)
                        throw StackExhausted(position);
                }
                spinner.SpinOnce(SleepAfterSpins);
            }
        }
        finally
        {
            Volatile.Write(ref block->WaitingFor, 0);
        }
    }

    internal static EvaluationException StackExhausted(ulong* slot, Position position)
    {
        // The slot was claimed just before; nothing on the trail would give it back.
        *slot &= ~Cell.ClaimedBit;
        return StackExhausted(position);
    }

    /// <summary>The failed stack check may be a person's wish to stop.</summary>
    internal static EvaluationException StackExhausted(Position position) =>
        ThreadBlock.IsInterrupted
            ? EvaluationException.Interrupted()
            : EvaluationException.StackExhausted(position);

    private static bool IsClaimed(ulong* slot)
    {
        var tag = (Tag)(byte)Volatile.Read(ref *slot);
        return tag is > Tag.Reference and < Tag.Integer;
    }

    // Follows "waits for the slot that … computes". Every thread of a true ring sleeps, so what is read is stable.
    private static bool IsInRing(ThreadBlock* self, uint handle)
    {
        lock (s_waiting)
        {
            for (var hops = 0; hops < 1024; hops++)
            {
                var owner = ThreadBlock.OwnerOf(handle);
                if (owner == null)
                    return false;
                if (owner == self)
                    return true;
                if (owner->IsHelper && !self->IsHelper)
                    return false;
                handle = Volatile.Read(ref owner->WaitingFor);
                if (handle == 0)
                    return false;
            }
            return false;
        }
    }
}

/// <summary>A point to which <see cref="Trail.Unwind"/> can go back.</summary>
public readonly record struct TrailMark(int TrailCount, int CallDepth);
