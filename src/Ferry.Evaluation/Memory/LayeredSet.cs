using System.Runtime.CompilerServices;

namespace Ferry.Evaluation.Memory;

/// <summary>A large set with a few small ones laid over it: what <c>//</c> gives before anybody looks at all of it.</summary>
/// <remarks>
/// Layout: [upper set:32 | lower word's handle:32][flat set:32 | is lower layered:1 | depth:7 | names at most:24][look-ups].
/// Growing a set name by name copies it once in <see cref="DepthMax"/> steps instead of each time. Look-ups go through
/// the layers, the newest first, until there have been so many that one flat set is cheaper.
/// </remarks>
internal readonly struct LayeredSet
{
    /// <summary>Below this many names a copy costs less than a layer.</summary>
    private const int LowerCountMin = 16;

    /// <summary>The upper set must be this much smaller than the lower one.</summary>
    private const int UpperRatio = 8;

    private const int DepthMax = 8;
    private const int CountMax = 0xff_ffff;
    private const uint IsLowerLayered = 1;

    private readonly uint _handle;

    internal LayeredSet(uint handle) => _handle = handle;

    /// <summary><c>left // right</c>, copied or layered.</summary>
    public static unsafe Value Update(Value left, Value right)
    {
        var upper = right.AsAttributeSet;
        var isLayered = left.IsLayeredSet;
        var count = isLayered ? left.AsLayeredSet.CountAtMost : left.AsAttributeSet.Length;
        var depth = isLayered ? left.AsLayeredSet.Depth : 0;
        if (
            upper.Length == 0
            || count < LowerCountMin
            || upper.Length * UpperRatio > count
            || depth == DepthMax
            || count + upper.Length > CountMax
        )
            return AttributeSet.Update(left.AsAttributeSet, upper).ToValue();

        var words = Arena.Take(3);
        words[0] = upper.Handle | (left.Word & 0xffff_ffff_0000_0000);
        var shape =
            (isLayered ? IsLowerLayered : 0)
            | ((uint)(depth + 1) << 1)
            | ((uint)(count + upper.Length) << 8);
        words[1] = (ulong)shape << 32;
        return new(Cell.Pack(Tag.LayeredSet, 0, Arena.HandleOf(words)));
    }

    /// <summary>All in one set; made once.</summary>
    public unsafe AttributeSet Flatten()
    {
        var known = (uint)Volatile.Read(ref Arena.At(_handle)[1]);
        return known != 0 ? new(known) : FlattenNew();
    }

    /// <summary>Finds a name without making one set of all.</summary>
    /// <param name="symbol">The name.</param>
    /// <param name="cache">Remembers where it is in the lowest set.</param>
    /// <param name="holder">The set that has it.</param>
    /// <returns>The index in <paramref name="holder"/>, or -1.</returns>
    public unsafe int Find(int symbol, ref ShapeCache cache, out AttributeSet holder)
    {
        var words = Arena.At(_handle);
        // Other threads may count at the same time: what is lost delays the flat set and nothing else.
        if ((uint)words[1] != 0 || ++words[2] * UpperRatio > (ulong)CountAtMost)
        {
            holder = Flatten();
            return cache.Find(holder.Shape, symbol);
        }
        while (true)
        {
            holder = new((uint)words[0]);
            var index = holder.Find(symbol);
            if (index >= 0)
                return index;
            var lower = (uint)(words[0] >> 32);
            if (((uint)(words[1] >> 32) & IsLowerLayered) == 0)
            {
                holder = new(lower);
                return cache.Find(holder.Shape, symbol);
            }
            words = Arena.At(lower);
            if ((uint)words[1] is not 0 and var flat)
            {
                holder = new(flat);
                return cache.Find(holder.Shape, symbol);
            }
        }
    }

    private unsafe uint Description => (uint)(Arena.At(_handle)[1] >> 32);

    private int Depth => (int)(Description >> 1) & 0x7f;

    private int CountAtMost => (int)(Description >> 8);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe AttributeSet FlattenNew()
    {
        Span<uint> layers = stackalloc uint[DepthMax];
        var count = CollectLayers(layers, out var lower);
        var merged = Join(lower, layers[..count]);
        // All threads must see one and the same set, since sets are compared by identity first.
        var own = Arena.At(_handle) + 1;
        var without = (ulong)Description << 32;
        var found = Interlocked.CompareExchange(ref *own, without | merged.Handle, without);
        return found == without ? merged : new((uint)found);
    }

    /// <summary>The upper sets, the newest first, down to a flat set.</summary>
    private unsafe int CollectLayers(Span<uint> layers, out AttributeSet lower)
    {
        var words = Arena.At(_handle);
        for (var count = 0; ; )
        {
            layers[count++] = (uint)words[0];
            var handle = (uint)(words[0] >> 32);
            if (((uint)(words[1] >> 32) & IsLowerLayered) == 0)
            {
                lower = new(handle);
                return count;
            }
            words = Arena.At(handle);
            if ((uint)words[1] is not 0 and var flat)
            {
                lower = new(flat);
                return count;
            }
        }
    }

    // The large set is copied once: its names stay, or the small sets are joined first.
    private static AttributeSet Join(AttributeSet lower, ReadOnlySpan<uint> layers)
    {
        var hasAll = true;
        foreach (var layer in layers)
            hasAll = hasAll && Shape.HasAll(lower.Shape, new AttributeSet(layer).Shape);
        if (!hasAll)
        {
            var upper = new AttributeSet(layers[^1]);
            for (var index = layers.Length - 2; index >= 0; index--)
                upper = AttributeSet.Update(upper, new(layers[index]));
            return AttributeSet.Update(lower, upper);
        }

        var copy = lower.Copy();
        for (var index = layers.Length - 1; index >= 0; index--)
            copy.Overwrite(new(layers[index]));
        return copy;
    }
}
