using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Nodes;

namespace Ferry.Evaluation.Memory;

/// <summary>One level of an environment: a link to the enclosing level and the slots of its variables.</summary>
/// <remarks>Layout: [up:32 | count:32][slot]*. A frame of one argument takes 16 bytes.</remarks>
public readonly struct Frame
{
    internal readonly uint Handle;

    internal Frame(uint handle) => Handle = handle;

    /// <summary>Outside of everything. It has no slots.</summary>
    public static Frame None => default;

    internal unsafe int Count => (int)(*Arena.At(Handle) >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe Frame Create(Frame up, Delayed value)
    {
        var words = Arena.Take(2);
        words[0] = up.Handle | (1ul << 32);
        words[1] = value.Word;
        return new(Arena.HandleOf(words));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe Frame Create(Frame up, int count)
    {
        var words = Arena.Take(count + 1);
        words[0] = up.Handle | ((ulong)count << 32);
        return new(Arena.HandleOf(words));
    }

    /// <summary>Passes the result of what ran in this frame on, and takes the frame's memory back where that is safe.</summary>
    /// <remarks>
    /// Nothing was allocated after the frame, or all of it was taken back in the same way; so everything that could
    /// refer to the frame is older than it. Older slots only ever change into results of older computations, which
    /// cannot have seen the frame; and the result itself refers to nothing.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe Value Leave(Value result)
    {
        if (result.IsImmediate)
        {
            var words = Arena.At(Handle);
            Arena.GiveBack(words, words + 1 + (*words >> 32));
        }
        return result;
    }

    internal unsafe Frame Up
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new((uint)*Arena.At(Handle));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe Value Force(int slot, Position position)
    {
        Debug.Assert(slot < Count, "no such variable in this frame");
        return Cell.Force(Arena.At(Handle) + 1 + slot, position);
    }

    /// <summary>The variable without computing it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe Value Get(int slot)
    {
        Debug.Assert(slot < Count, "no such variable in this frame");
        return new(Cell.Share(Arena.At(Handle) + 1 + slot));
    }

    /// <summary>False while the variables of a <c>let</c> or recursive set are being made.</summary>
    internal unsafe bool IsFilled(int slot) => Arena.At(Handle)[1 + slot] != 0;

    /// <summary>The variable for another slot; one that is not filled yet is left to <paramref name="node"/>.</summary>
    /// <param name="slot">Of this frame.</param>
    /// <param name="node">Looks the variable up in <paramref name="origin"/>.</param>
    /// <param name="origin">Where the node stands.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe Delayed Delay(int slot, Node node, Frame origin)
    {
        Debug.Assert(slot < Count, "no such variable in this frame");
        var address = Arena.At(Handle) + 1 + slot;
        return *address == 0 ? Delayed.Thunk(node, origin) : Delayed.Of(new(Cell.Share(address)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe void Set(int slot, Delayed value)
    {
        Debug.Assert(slot < Count, "no such variable in this frame");
        Arena.At(Handle)[1 + slot] = value.Word;
    }

    internal void Set(int slot, Value value) => Set(slot, Delayed.Of(value));
}
