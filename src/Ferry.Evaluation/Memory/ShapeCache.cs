using System.Runtime.CompilerServices;

namespace Ferry.Evaluation.Memory;

/// <summary>Remembers where a name was in the shape seen last. Part of a node, at a place that looks up one name.</summary>
/// <remarks>One word, so threads that race at worst look the name up again. It lives in a mutable field.</remarks>
internal struct ShapeCache
{
    // shape:32 | index:32
    private ulong _word;

    /// <returns>The index of the name, or -1. Names that are absent are not remembered.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(Shape shape, int symbol)
    {
        var word = _word;
        return (uint)(word >> 32) == shape.Handle ? (int)(uint)word : FindNew(shape, symbol);
    }

    private int FindNew(Shape shape, int symbol)
    {
        var index = shape.Find(symbol);
        if (index >= 0)
            _word = ((ulong)shape.Handle << 32) | (uint)index;
        return index;
    }
}
