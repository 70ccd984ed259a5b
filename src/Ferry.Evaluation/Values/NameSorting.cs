using System.Buffers.Binary;
using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Values;

/// <summary>Sorts names by their bytes. Most are told apart by their first eight bytes, which compare as one number.</summary>
internal static class NameSorting
{
    private const int PrefixLength = sizeof(ulong);

    // Reused by all sorts of a thread; no sort calls another.
    [ThreadStatic]
    private static ulong[]? t_prefixes;

    /// <param name="symbols">Ids of the names.</param>
    /// <param name="order">Gets the indices of the names in the order of their bytes.</param>
    public static void Sort(ReadOnlySpan<int> symbols, Span<int> order)
    {
        if (t_prefixes is null || t_prefixes.Length < symbols.Length)
            t_prefixes = new ulong[Math.Max(256, symbols.Length * 2)];
        var prefixes = t_prefixes.AsSpan(0, symbols.Length);
        for (var index = 0; index < symbols.Length; index++)
        {
            prefixes[index] = Prefix(Symbols.ById(symbols[index]).Bytes);
            order[index] = index;
        }
        prefixes.Sort(order);

        for (var start = 0; start < prefixes.Length; )
        {
            var end = start + 1;
            while (end < prefixes.Length && prefixes[end] == prefixes[start])
                end++;
            if (end - start > 1)
                SortRun(symbols, order[start..end]);
            start = end;
        }
    }

    /// <summary>Indices of a set in the order in which its names first appeared.</summary>
    public static int[] ByRank(AttributeSet set)
    {
        var order = new int[set.Count];
        var ranks = new int[set.Count];
        for (var index = 0; index < order.Length; index++)
            (order[index], ranks[index]) = (index, set.SymbolAt(index).Rank);
        Array.Sort(ranks, order);
        return order;
    }

    // Big-endian, so that numbers compare as bytes do; shorter names are filled up with zeros.
    private static ulong Prefix(ReadOnlySpan<byte> name)
    {
        if (name.Length >= PrefixLength)
            return BinaryPrimitives.ReadUInt64BigEndian(name);
        ulong prefix = 0;
        for (var index = 0; index < PrefixLength; index++)
            prefix = (prefix << 8) | (index < name.Length ? name[index] : 0u);
        return prefix;
    }

    // Names with the same start, by insertion: there are few of them.
    private static void SortRun(ReadOnlySpan<int> symbols, Span<int> run)
    {
        if (run.Length > 32)
        {
            SortLongRun(symbols, run);
            return;
        }
        for (var next = 1; next < run.Length; next++)
        {
            var moved = run[next];
            var name = Symbols.ById(symbols[moved]).Bytes;
            var at = next;
            while (at > 0 && name.SequenceCompareTo(Symbols.ById(symbols[run[at - 1]]).Bytes) < 0)
            {
                run[at] = run[at - 1];
                at--;
            }
            run[at] = moved;
        }
    }

    private static void SortLongRun(ReadOnlySpan<int> symbols, Span<int> run)
    {
        var ids = symbols.ToArray();
        run.Sort(
            (left, right) =>
                Symbols.ById(ids[left]).Bytes.SequenceCompareTo(Symbols.ById(ids[right]).Bytes)
        );
    }
}
