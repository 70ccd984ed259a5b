using System.Runtime.CompilerServices;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Memory;

/// <summary>The names of an attribute set, sorted by symbol, and where each was written. Shared by many sets.</summary>
/// <remarks>
/// Layout: [count:32 | flags:32][without positions:32 | name order:32][last partner:32 | last result:32]
/// [symbols: 4 bytes each, padded][positions: 4 bytes each, padded]. The second and third words are caches;
/// each is written in one piece, so a race costs work and nothing else.
/// </remarks>
public readonly struct Shape
{
    private const int HeaderWords = 3;
    private const ulong PositionsFlag = 1ul << 32;
    private const ulong WatchedFlag = 1ul << 33;

    internal readonly uint Handle;

    internal Shape(uint handle) => Handle = handle;

    /// <summary>Lies in memory that is zero from the start: no names, no positions.</summary>
    public static Shape Empty => new(Arena.EmptyShapeHandle);

    public unsafe int Count
    {
        get
        {
            var word = *Arena.At(Handle);
            if ((word & WatchedFlag) != 0)
                ShapeWatch.Seen();
            return (int)word;
        }
    }

    /// <summary><see cref="Count"/> for what no program sees the result of.</summary>
    internal unsafe int Length => (int)*Arena.At(Handle);

    public unsafe bool HasPositions => (*Arena.At(Handle) & PositionsFlag) != 0;

    private unsafe bool IsWatched => (*Arena.At(Handle) & WatchedFlag) != 0;

    internal unsafe int* Symbols => (int*)(Arena.At(Handle) + HeaderWords);

    internal unsafe uint* Positions =>
        HasPositions ? (uint*)(Arena.At(Handle) + HeaderWords + ((Length + 1) / 2)) : null;

    /// <summary>A shape whose symbols and positions the caller fills, sorted, before anybody else sees it.</summary>
    internal static unsafe Shape Create(int count, bool hasPositions)
    {
        var half = (count + 1) / 2;
        var words = Arena.Take(HeaderWords + (hasPositions ? 2 * half : half));
        words[0] = (uint)count | (hasPositions ? PositionsFlag : 0);
        return new(Arena.HandleOf(words));
    }

    /// <param name="symbols">Sorted by id, without repetition.</param>
    /// <param name="positions">As many, or none.</param>
    public static unsafe Shape Create(
        ReadOnlySpan<Symbol> symbols,
        ReadOnlySpan<Position> positions = default
    )
    {
        if (symbols.Length == 0)
            return Empty;
        var shape = Create(symbols.Length, positions.Length > 0);
        for (var index = 0; index < symbols.Length; index++)
            shape.Symbols[index] = symbols[index].Id;
        for (var index = 0; index < positions.Length; index++)
            shape.Positions[index] = positions[index].Id;
        return shape;
    }

    public unsafe Symbol SymbolAt(int index) =>
        (uint)index < (uint)Length
            ? Values.Symbols.ById(Symbols[index])
            : throw new ArgumentOutOfRangeException(nameof(index));

    public unsafe Position PositionAt(int index) =>
        HasPositions && (uint)index < (uint)Length ? new(Positions[index]) : Position.None;

    /// <returns>The index, or -1.</returns>
    public int Find(Symbol symbol) => Find(symbol.Id);

    internal unsafe int Find(int symbol)
    {
        var symbols = Symbols;
        if (IsWatched && ShapeWatch.Concerns(symbol))
            ShapeWatch.Seen();
        var low = 0;
        var high = Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var found = symbols[middle];
            if (found == symbol)
                return middle;
            if (found < symbol)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return -1;
    }

    /// <summary>The same names without positions, as builtins such as <c>mapAttrs</c> give them.</summary>
    public unsafe Shape WithoutPositions()
    {
        if (!HasPositions)
            return this;
        var cache = Arena.At(Handle) + 1;
        var known = (uint)*cache;
        if (known != 0)
            return new(known);
        var bare = Create(Length, hasPositions: false);
        Unsafe.CopyBlock(bare.Symbols, Symbols, (uint)Length * sizeof(int));
        if (IsWatched)
            bare.Watch();
        *cache = (*cache & 0xffff_ffff_0000_0000) | bare.Handle;
        return bare;
    }

    /// <summary>Indices in the order of the names' bytes, the order in which sets are shown and listed.</summary>
    public unsafe ReadOnlySpan<int> NameOrder()
    {
        var count = Count;
        var cache = Arena.At(Handle) + 1;
        var known = (uint)(*cache >> 32);
        if (known == 0)
        {
            known = SortNames();
            *cache = (uint)*cache | ((ulong)known << 32);
        }
        return new(Arena.At(known), count);
    }

    private unsafe uint SortNames()
    {
        var words = Arena.Take((Length + 2) / 2);
        NameSorting.Sort(new ReadOnlySpan<int>(Symbols, Length), new Span<int>(words, Length));
        return Arena.HandleOf(words);
    }

    /// <summary>The shape of <c>left // right</c>.</summary>
    internal static unsafe Shape Merge(Shape left, Shape right)
    {
        var cache = Arena.At(left.Handle) + 2;
        var known = *cache;
        if ((uint)known == right.Handle)
            return new((uint)(known >> 32));
        var merged = MergeNew(left, right);
        *cache = right.Handle | ((ulong)merged.Handle << 32);
        return merged;
    }

    /// <summary>Marks a shape that nobody else has seen yet: which names it has depends on a source's revision.</summary>
    internal unsafe void Watch() => *Arena.At(Handle) |= WatchedFlag;

    private static unsafe Shape MergeNew(Shape left, Shape right)
    {
        var merged = MergeNames(left, right);
        if (merged.IsWatched || !(left.IsWatched || right.IsWatched))
            return merged;
        // The same names, and a mark of its own.
        var marked = Create(merged.Length, merged.HasPositions);
        Unsafe.CopyBlock(marked.Symbols, merged.Symbols, (uint)merged.Length * sizeof(int));
        if (merged.HasPositions)
            Unsafe.CopyBlock(
                marked.Positions,
                merged.Positions,
                (uint)merged.Length * sizeof(uint)
            );
        marked.Watch();
        return marked;
    }

    private static unsafe Shape MergeNames(Shape left, Shape right)
    {
        int leftCount = left.Length,
            rightCount = right.Length;
        int* leftSymbols = left.Symbols,
            rightSymbols = right.Symbols;
        var count = CountUnion(leftSymbols, leftCount, rightSymbols, rightCount);
        if (count == rightCount)
            return right;
        var hasPositions = left.HasPositions || right.HasPositions;
        if (count == leftCount && HasAll(left, right))
            return left;

        var merged = Create(count, hasPositions);
        int* symbols = merged.Symbols;
        uint* positions = merged.Positions,
            leftPositions = left.Positions,
            rightPositions = right.Positions;
        int at = 0,
            i = 0,
            j = 0;
        while (at < count)
        {
            var fromLeft = j >= rightCount || (i < leftCount && leftSymbols[i] < rightSymbols[j]);
            symbols[at] = fromLeft ? leftSymbols[i] : rightSymbols[j];
            var source = fromLeft ? leftPositions : rightPositions;
            if (source != null)
                positions[at] = source[fromLeft ? i : j];
            if (fromLeft)
            {
                i++;
            }
            else
            {
                if (i < leftCount && leftSymbols[i] == rightSymbols[j])
                    i++;
                j++;
            }
            at++;
        }
        return merged;
    }

    /// <summary>Every name of the other shape is here, written at the same place.</summary>
    internal static unsafe bool HasAll(Shape shape, Shape other)
    {
        int* symbols = other.Symbols;
        for (var index = 0; index < other.Length; index++)
        {
            var at = shape.Find(symbols[index]);
            if (at < 0 || shape.PositionAt(at) != other.PositionAt(index))
                return false;
        }
        return true;
    }

    private static unsafe int CountUnion(int* left, int leftCount, int* right, int rightCount)
    {
        int count = 0,
            i = 0,
            j = 0;
        while (i < leftCount && j < rightCount)
        {
            int x = left[i],
                y = right[j];
            if (x <= y)
                i++;
            if (y <= x)
                j++;
            count++;
        }
        return count + (leftCount - i) + (rightCount - j);
    }
}
