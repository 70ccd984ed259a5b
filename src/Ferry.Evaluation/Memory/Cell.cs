using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Nodes;

namespace Ferry.Evaluation.Memory;

/// <summary>Slots: reading, sharing and forcing them. The heart of laziness.</summary>
internal static unsafe class Cell
{
    // More hops than any real chain: references are shortened whenever they are followed.
    private const int ReferenceHopsMax = 100_000;

    /// <summary>Set in a suspended word while a thread computes it; the rest of the word stays.</summary>
    public const ulong ClaimedBit = 4;

    /// <summary>How many threads force in parallel. Alone, a claim needs no interlocked operation.</summary>
    internal static int ParallelThreads;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pack(Tag tag, uint aux, uint handle) =>
        (ulong)tag | ((ulong)aux << 8) | ((ulong)handle << 32);

    /// <summary>The slot's value, computed now if need be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Force(ulong* slot, Position position)
    {
        var word = *slot;
        return new((byte)word >= (byte)Tag.Integer ? word : ForceSlot(slot, position));
    }

    /// <summary>Forces, and lets a function show as one: see <see cref="Tag.UnforcedLambda"/>.</summary>
    public static Value ForceVisibly(ulong* slot)
    {
        var value = Force(slot, OriginOf(slot));
        if (value.Tag != Tag.UnforcedLambda)
            return value;
        value = new(value.Word ^ (ulong)Tag.UnforcedLambda ^ (ulong)Tag.Lambda);
        Volatile.Write(ref *slot, value.Word);
        return value;
    }

    /// <summary>For a suspended call the place of its function, as stock says where such a call came from.</summary>
    public static Position OriginOf(ulong* slot)
    {
        var word = *slot;
        while ((Tag)(byte)word == Tag.Reference)
            word = *Arena.At((uint)(word >> 32));
        if ((Tag)(byte)word is not (Tag.Apply or Tag.ApplyTwo))
            return Position.None;
        var function = new Value(*Arena.At((uint)(word >> 32)));
        if (function.IsLambda)
            return function.LambdaNode.Information.Position;
        return function.IsAttributeSet ? function.AsAttributeSet.Position : Position.None;
    }

    /// <summary>A word that may be stored again: a value is copied, anything else becomes a reference to the slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Share(ulong* slot)
    {
        var word = *slot;
        return (byte)word >= (byte)Tag.Integer ? word : ShareSuspended(slot, word);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong ForceSlot(ulong* slot, Position position)
    {
        ulong word;
        while (true)
        {
            word = Volatile.Read(ref *slot);
            var tag = (Tag)(byte)word;
            if (tag >= Tag.Integer)
                return word;
            if (tag == Tag.Reference)
                return ForceReference(slot, word, position);
            if (tag > Tag.Reference || tag == Tag.None)
                Trail.Await(slot, position);
            else if (TryClaim(slot, word))
                break;
        }

        var block = ThreadBlock.Current;
        int here;
        if ((nuint)(&here) < block->StackLimit)
            throw Trail.StackExhausted(slot, position);
        block->Trail[block->TrailCount++] = Arena.HandleOf(slot);
        var result = Compute(word, position);
        block->TrailCount--;
        Debug.Assert((byte)result >= (byte)Tag.Integer, "a node must return a forced value");
        Volatile.Write(ref *slot, result);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Compute(ulong word, Position position)
    {
        var handle = (uint)(word >> 32);
        if ((Tag)(byte)word == Tag.Thunk)
            return Node.ById((int)(word >> 8) & 0xff_ffff).Evaluate(new Frame(handle)).Word;
        return ComputeApplication((Tag)(byte)word, Arena.At(handle), position);
    }

    private static ulong ComputeApplication(Tag tag, ulong* slots, Position position)
    {
        var function = Force(slots, position);
        var first = new Value(Share(slots + 1));
        return tag == Tag.Apply
            ? Calling.Call(function, first, position).Word
            : Calling.Call(function, first, new Value(Share(slots + 2)), position).Word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryClaim(ulong* slot, ulong word)
    {
        var claimed = word | ClaimedBit;
        if (ParallelThreads == 0)
        {
            *slot = claimed;
            return true;
        }
        return Interlocked.CompareExchange(ref *slot, claimed, word) == word;
    }

    /// <summary>Where the value of a slot lies, references followed: what printers take for the identity of a list.</summary>
    /// <remarks>For its sake references to lists stay references when they are followed.</remarks>
    public static ulong Identity(ulong* slot)
    {
        while ((Tag)(byte)*slot == Tag.Reference)
            slot = Arena.At((uint)(*slot >> 32));
        return (ulong)slot;
    }

    private static ulong ForceReference(ulong* slot, ulong word, Position position)
    {
        var target = Arena.At((uint)(word >> 32));
        ulong found;
        for (var hops = 0; ; hops++)
        {
            found = Volatile.Read(ref *target);
            if ((Tag)(byte)found != Tag.Reference)
                break;
            if (hops == ReferenceHopsMax)
                throw EvaluationException.InfiniteRecursion(position);
            target = Arena.At((uint)(found >> 32));
        }
        if ((byte)found < (byte)Tag.Integer)
            found = ForceSlot(target, position);
        if ((Tag)(byte)found != Tag.List)
            Volatile.Write(ref *slot, found);
        return found;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong ShareSuspended(ulong* slot, ulong word)
    {
        if ((Tag)(byte)word != Tag.Reference)
            return Pack(Tag.Reference, 0, Arena.HandleOf(slot));
        var target = *Arena.At((uint)(word >> 32));
        if ((byte)target < (byte)Tag.Integer || (Tag)(byte)target == Tag.List)
            return word;
        *slot = target;
        return target;
    }
}
