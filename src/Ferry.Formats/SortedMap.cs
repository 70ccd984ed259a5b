using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Ferry.Formats;

/// <summary>An immutable map in key order: sorted arrays, binary search.</summary>
/// <remarks>
/// Derivations are hashed in key order, thousands of times an evaluation; two flat arrays are built and walked several
/// times faster than the tree of <c>ImmutableSortedDictionary</c>.
/// </remarks>
public sealed class SortedMap<TKey, TValue> : IReadOnlyDictionary<TKey, TValue>
    where TKey : IComparable<TKey>
{
    public static readonly SortedMap<TKey, TValue> Empty = new([], []);

    private readonly TKey[] _keys;
    private readonly TValue[] _values;

    private SortedMap(TKey[] keys, TValue[] values) => (_keys, _values) = (keys, values);

    /// <summary>Sorts the pairs; of pairs with equal keys the last wins, as with <c>insert_or_assign</c>.</summary>
    public static SortedMap<TKey, TValue> From(IEnumerable<KeyValuePair<TKey, TValue>> pairs)
    {
        var ordered = pairs.ToArray();
        if (IsStrictlyOrdered(ordered))
            return OfOrdered(ordered);
        // OrderBy is stable, so equal keys stay in their order of arrival.
        ordered = [.. ordered.OrderBy(pair => pair.Key)];
        var keys = new List<TKey>(ordered.Length);
        var values = new List<TValue>(ordered.Length);
        foreach (var (key, value) in ordered)
        {
            if (keys.Count > 0 && keys[^1].CompareTo(key) == 0)
            {
                values[^1] = value;
                continue;
            }
            keys.Add(key);
            values.Add(value);
        }
        return keys.Count == 0 ? Empty : new([.. keys], [.. values]);
    }

    public int Count => _keys.Length;

    public IEnumerable<TKey> Keys => _keys;

    public IEnumerable<TValue> Values => _values;

    /// <exception cref="KeyNotFoundException">The key is absent.</exception>
    public TValue this[TKey key] =>
        TryGetValue(key, out var value)
            ? value
            : throw new KeyNotFoundException($"the key '{key}' is not in the map");

    /// <summary>The pair at a place in key order.</summary>
    public KeyValuePair<TKey, TValue> At(int index) => new(_keys[index], _values[index]);

    public bool ContainsKey(TKey key) => IndexOf(key) >= 0;

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var index = IndexOf(key);
        value = index >= 0 ? _values[index] : default;
        return index >= 0;
    }

    /// <summary>A copy in which <paramref name="key"/> has this value. O(n).</summary>
    public SortedMap<TKey, TValue> With(TKey key, TValue value)
    {
        var index = IndexOf(key);
        if (index >= 0)
        {
            var values = (TValue[])_values.Clone();
            values[index] = value;
            return new(_keys, values);
        }
        return From([.. this, new(key, value)]);
    }

    /// <summary>The same keys with other values. O(n).</summary>
    public SortedMap<TKey, TOther> Select<TOther>(Func<TKey, TValue, TOther> choose)
    {
        var values = new TOther[_values.Length];
        for (var index = 0; index < values.Length; index++)
            values[index] = choose(_keys[index], _values[index]);
        return SortedMap<TKey, TOther>.Trusted(_keys, values);
    }

    internal static SortedMap<TKey, TValue> Trusted(TKey[] sortedKeys, TValue[] values) =>
        new(sortedKeys, values);

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()
    {
        for (var index = 0; index < _keys.Length; index++)
            yield return new(_keys[index], _values[index]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool IsStrictlyOrdered(ReadOnlySpan<KeyValuePair<TKey, TValue>> pairs)
    {
        for (var index = 1; index < pairs.Length; index++)
        {
            if (pairs[index - 1].Key.CompareTo(pairs[index].Key) >= 0)
                return false;
        }
        return true;
    }

    private static SortedMap<TKey, TValue> OfOrdered(ReadOnlySpan<KeyValuePair<TKey, TValue>> pairs)
    {
        if (pairs.IsEmpty)
            return Empty;
        var keys = new TKey[pairs.Length];
        var values = new TValue[pairs.Length];
        for (var index = 0; index < keys.Length; index++)
            (keys[index], values[index]) = pairs[index];
        return new(keys, values);
    }

    private int IndexOf(TKey key) => Array.BinarySearch(_keys, key);
}
