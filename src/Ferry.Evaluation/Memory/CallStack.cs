using System.Runtime.CompilerServices;
using Ferry.Evaluation.Errors;

namespace Ferry.Evaluation.Memory;

/// <summary>Counts nested calls and watches the stack: running out of it would kill the process.</summary>
/// <remarks>After an exception <see cref="Trail.Unwind"/> puts the count back, so no <c>finally</c> is needed.</remarks>
internal readonly unsafe ref struct CallStack
{
    private readonly ThreadBlock* _block;

    private CallStack(ThreadBlock* block) => _block = block;

    /// <exception cref="EvaluationException">Calls are nested deeper than the limit, or the stack is nearly used up.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CallStack Enter(Position position)
    {
        var block = ThreadBlock.Current;
        int here;
        if (block->CallDepth++ > block->CallDepthMax || (nuint)(&here) < block->StackLimit)
            Refuse(block, position);
        return new(block);
    }

    /// <summary>The call is to be told to an observer.</summary>
    public bool IsObserved => _block->IsObserved;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => _block->CallDepth--;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Refuse(ThreadBlock* block, Position position) =>
        throw (
            block->CallDepth - 1 > block->CallDepthMax
                ? EvaluationException.CallDepthExceeded(position)
                : Trail.StackExhausted(position)
        );
}
