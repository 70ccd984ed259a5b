using System.Runtime.CompilerServices;
using Ferry.Evaluation.Errors;

namespace Ferry.Evaluation.Memory;

/// <summary>A list of slots. Bounds are checked; elements are computed when forced.</summary>
public readonly struct ListValue
{
    /// <summary>In the word: the length stands before the first slot.</summary>
    private const uint LongList = 0xff_ffff;

    private readonly uint _first;

    internal unsafe ListValue(uint first, uint length)
    {
        _first = first;
        Length = length < LongList ? (int)length : (int)Arena.At(first)[-1];
    }

    private ListValue(uint first, int length) => (_first, Length) = (first, length);

    public int Length { get; }

    /// <summary>A list to be filled with <see cref="Set(int, Value)"/> before anybody else sees it.</summary>
    public static unsafe ListValue Create(int length)
    {
        if (length == 0)
            return default;
        if (length < LongList)
            return new(Arena.HandleOf(Arena.Take(length)), length);
        var words = Arena.Take(length + 1);
        words[0] = (ulong)length;
        return new(Arena.HandleOf(words + 1), length);
    }

    public static ListValue Of(ReadOnlySpan<Value> elements)
    {
        var list = Create(elements.Length);
        for (var index = 0; index < elements.Length; index++)
            list.Set(index, elements[index]);
        return list;
    }

    public Value ToValue() =>
        new(Cell.Pack(Tag.List, Length < LongList ? (uint)Length : LongList, _first));

    /// <summary>The element, computed or not.</summary>
    public unsafe Value this[int index] => new(Cell.Share(At(index)));

    public unsafe Value Force(int index) => Cell.Force(At(index), Position.None);

    public unsafe Value Force(int index, Position position) => Cell.Force(At(index), position);

    internal unsafe ulong Identity(int index) => Cell.Identity(At(index));

    internal unsafe Position OriginOf(int index) => Cell.OriginOf(At(index));

    internal unsafe Value ForceVisibly(int index) => Cell.ForceVisibly(At(index));

    public unsafe void Set(int index, Value value) => *At(index) = value.Word;

    public unsafe void Set(int index, Delayed value) => *At(index) = value.Word;

    /// <summary>Copies all elements of <paramref name="source"/> to <paramref name="at"/> and following.</summary>
    public unsafe void CopyFrom(ListValue source, int at)
    {
        if (source.Length == 0)
            return;
        var target = At(at);
        _ = At(at + source.Length - 1);
        var from = Arena.At(source._first);
        for (var index = 0; index < source.Length; index++)
            target[index] = Cell.Share(from + index);
    }

    /// <summary>Copies a part into a list of its own.</summary>
    public ListValue Slice(int start, int length)
    {
        var slice = Create(length);
        for (var index = 0; index < length; index++)
            slice.Set(index, this[start + index]);
        return slice;
    }

    /// <summary>True when both are the same elements at the same place.</summary>
    public bool IsSameAs(ListValue other) => _first == other._first && Length == other.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe ulong* At(int index)
    {
        if ((uint)index >= (uint)Length)
            ThrowOutside(index);
        return Arena.At(_first) + index;
    }

    private static void ThrowOutside(int index) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, "no such list element");
}
