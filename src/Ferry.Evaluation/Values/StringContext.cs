using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Ferry.Evaluation.Values;

/// <summary>The set of store objects a string depends on. Equal contexts are one object, and one id inside strings.</summary>
/// <remarks>Never dropped while the process lives: real programs have few distinct ones.</remarks>
public sealed class StringContext
{
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<ContextKey, StringContext> s_known = [];
    private static readonly ConcurrentDictionary<ulong, int> s_unions = [];
    private static StringContext[] s_byId = new StringContext[256];
    private static int s_count;

    private StringContext(ImmutableArray<ContextElement> elements, int id) =>
        (Elements, Id) = (elements, id);

    public static StringContext Empty { get; } = Intern([]);

    /// <summary>Sorted, each once.</summary>
    public ImmutableArray<ContextElement> Elements { get; }

    public bool IsEmpty => Elements.IsEmpty;

    /// <summary>0 for the empty context.</summary>
    internal int Id { get; }

    public static StringContext Of(ContextElement element) => Intern([element]);

    public static StringContext Of(IEnumerable<ContextElement> elements) =>
        Intern([.. elements.Order().Distinct()]);

    public StringContext Union(StringContext other) => ById(UnionIds(Id, other.Id));

    public StringContext Add(ContextElement element) => Union(Of(element));

    internal static StringContext ById(int id) => id == 0 ? Empty : Volatile.Read(ref s_byId)[id];

    internal static int UnionIds(int left, int right)
    {
        if (left == right || right == 0)
            return left;
        if (left == 0)
            return right;
        var key = ((ulong)(uint)Math.Min(left, right) << 32) | (uint)Math.Max(left, right);
        if (!s_unions.TryGetValue(key, out var union))
        {
            union = Of(ById(left).Elements.Concat(ById(right).Elements)).Id;
            s_unions[key] = union;
        }
        return union;
    }

    private static StringContext Intern(ImmutableArray<ContextElement> elements)
    {
        var key = new ContextKey(elements);
        lock (s_gate)
        {
            if (s_known.TryGetValue(key, out var known))
                return known;
            if (s_count == s_byId.Length)
            {
                var grown = new StringContext[s_count * 2];
                s_byId.CopyTo(grown, 0);
                Volatile.Write(ref s_byId, grown);
            }
            var context = new StringContext(elements, s_count);
            s_byId[s_count++] = context;
            s_known.Add(key, context);
            return context;
        }
    }

    private readonly struct ContextKey(ImmutableArray<ContextElement> elements)
        : IEquatable<ContextKey>
    {
        private readonly ImmutableArray<ContextElement> _elements = elements;

        public bool Equals(ContextKey other) =>
            _elements.AsSpan().SequenceEqual(other._elements.AsSpan());

        public override bool Equals(object? obj) => obj is ContextKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var element in _elements)
                hash.Add(element);
            return hash.ToHashCode();
        }
    }
}
