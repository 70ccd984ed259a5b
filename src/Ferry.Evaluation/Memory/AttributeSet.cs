using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ferry.Evaluation.Errors;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Memory;

/// <summary>Named slots. Indices follow the shape, that is symbol order; for output go through <see cref="NameOrder"/>.</summary>
/// <remarks>Layout: [shape:32 | position:32][slot]*.</remarks>
public readonly struct AttributeSet
{
    /// <summary>A right operand this much smaller than the left is found name by name.</summary>
    private const int SearchRatio = 8;

    internal readonly uint Handle;

    internal AttributeSet(uint handle) => Handle = handle;

    public static AttributeSet Empty => new(Arena.EmptySetHandle);

    public unsafe Shape Shape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new((uint)*Arena.At(Handle));
    }

    public int Count => Shape.Count;

    internal int Length => Shape.Length;

    /// <summary>Where the set was written, if it came from a <c>{ … }</c>.</summary>
    public unsafe Position Position => new((uint)(*Arena.At(Handle) >> 32));

    /// <summary>A set to be filled with <see cref="Set(int, Value)"/> before anybody else sees it.</summary>
    public static AttributeSet Create(Shape shape) => Create(shape, Position.None);

    internal static unsafe AttributeSet Create(Shape shape, Position position)
    {
        var words = Arena.Take(shape.Length + 1);
        words[0] = shape.Handle | ((ulong)position.Id << 32);
        return new(Arena.HandleOf(words));
    }

    public Value ToValue() => new(Cell.Pack(Tag.AttributeSet, 0, Handle));

    public Symbol SymbolAt(int index) => Shape.SymbolAt(index);

    /// <summary>Where the attribute was written; <see cref="Position.None"/> when a builtin made it.</summary>
    public Position PositionAt(int index) => Shape.PositionAt(index);

    /// <returns>The index, or -1.</returns>
    public int Find(Symbol symbol) => Shape.Find(symbol);

    internal int Find(int symbol) => Shape.Find(symbol);

    /// <summary>The attribute, computed or not; false when there is none.</summary>
    public bool TryGet(Symbol symbol, out Value value)
    {
        var index = Find(symbol);
        value = index < 0 ? default : this[index];
        return index >= 0;
    }

    /// <summary>The attribute at an index, computed or not.</summary>
    public unsafe Value this[int index] => new(Cell.Share(At(index)));

    public unsafe Value Force(int index) => Cell.Force(At(index), Position.None);

    public unsafe Value Force(int index, Position position) => Cell.Force(At(index), position);

    internal unsafe ulong Identity(int index) => Cell.Identity(At(index));

    internal unsafe Position OriginOf(int index) => Cell.OriginOf(At(index));

    internal unsafe Value ForceVisibly(int index) => Cell.ForceVisibly(At(index));

    public unsafe void Set(int index, Value value) => *At(index) = value.Word;

    public unsafe void Set(int index, Delayed value) => *At(index) = value.Word;

    /// <summary>Indices in the order of the names' bytes.</summary>
    public ReadOnlySpan<int> NameOrder() => Shape.NameOrder();

    /// <summary><see cref="Force(int, Position)"/> for an index that the shape itself gave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe Value ForceKnown(int index, Position position)
    {
        Debug.Assert((uint)index < (uint)Length, "no such attribute");
        return Cell.Force(Arena.At(Handle) + 1 + index, position);
    }

    /// <summary>The attribute if it is a value already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe bool TryGetForced(int index, out Value value)
    {
        Debug.Assert((uint)index < (uint)Length, "no such attribute");
        var word = *(Arena.At(Handle) + 1 + index);
        value = new(word);
        return (byte)word >= (byte)Tag.Integer;
    }

    public bool IsSameAs(AttributeSet other) => Handle == other.Handle;

    /// <summary><c>left // right</c>: names of both, values and positions of the right where it has them.</summary>
    public static unsafe AttributeSet Update(AttributeSet left, AttributeSet right)
    {
        int leftCount = left.Length,
            rightCount = right.Length;
        if (leftCount == 0)
            return right;
        if (rightCount == 0)
            return left;

        var shape = Shape.Merge(left.Shape, right.Shape);
        var merged = Create(shape, Position.None);
        var target = Arena.At(merged.Handle) + 1;
        var leftSlots = Arena.At(left.Handle) + 1;
        var rightSlots = Arena.At(right.Handle) + 1;
        var symbols = shape.Symbols;
        var rightSymbols = right.Shape.Symbols;
        var count = shape.Length;

        if (count == leftCount && rightCount * SearchRatio < leftCount)
        {
            for (var index = 0; index < count; index++)
                target[index] = Cell.Share(leftSlots + index);
            for (var j = 0; j < rightCount; j++)
                target[shape.Find(rightSymbols[j])] = Cell.Share(rightSlots + j);
            return merged;
        }

        var leftSymbols = left.Shape.Symbols;
        int l = 0,
            r = 0;
        for (var at = 0; at < count; at++)
        {
            var symbol = symbols[at];
            var isLeft = l < leftCount && leftSymbols[l] == symbol;
            if (r < rightCount && rightSymbols[r] == symbol)
                target[at] = Cell.Share(rightSlots + r++);
            else
                target[at] = Cell.Share(leftSlots + l);
            if (isLeft)
                l++;
        }
        return merged;
    }

    /// <summary>Replaces values of a set that nobody else has seen yet, and that has all names of the other.</summary>
    internal unsafe void Overwrite(AttributeSet other)
    {
        var symbols = other.Shape.Symbols;
        var slots = Arena.At(Handle) + 1;
        for (var index = 0; index < other.Length; index++)
            slots[Shape.Find(symbols[index])] = Cell.Share(Arena.At(other.Handle) + 1 + index);
    }

    internal unsafe AttributeSet Copy()
    {
        var copy = Create(Shape, Position.None);
        var source = Arena.At(Handle) + 1;
        var target = Arena.At(copy.Handle) + 1;
        for (var index = 0; index < Length; index++)
            target[index] = Cell.Share(source + index);
        return copy;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe ulong* At(int index)
    {
        if ((uint)index >= (uint)Length)
            ThrowOutside(index);
        return Arena.At(Handle) + 1 + index;
    }

    private static void ThrowOutside(int index) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, "no such attribute");
}
