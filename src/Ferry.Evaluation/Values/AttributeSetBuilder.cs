using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Values;

/// <summary>Collects attributes in any order and makes a set of them.</summary>
/// <remarks>Owner: one method on one thread.</remarks>
public sealed class AttributeSetBuilder(int capacity = 8)
{
    private readonly List<Entry> _entries = new(capacity);
    private bool _hasPositions;

    public int Count => _entries.Count;

    /// <summary>Which names there are depends on a source's revision; see <see cref="ShapeWatch"/>.</summary>
    public bool IsWatched { get; set; }

    /// <summary>Adds an attribute; of several with one name the first stays.</summary>
    public AttributeSetBuilder Add(Symbol name, Value value, Position position = default)
    {
        _entries.Add(new(name.Id, _entries.Count, value, position));
        _hasPositions |= position.IsKnown;
        return this;
    }

    public AttributeSetBuilder Add(string name, Value value) => Add(Symbols.Of(name), value);

    public AttributeSetBuilder Add(Symbol name, Delayed value) => Add(name, value.Share());

    public AttributeSet Build()
    {
        if (_entries.Count == 0)
            return AttributeSet.Empty;
        _entries.Sort(
            static (left, right) =>
                left.Name != right.Name
                    ? left.Name.CompareTo(right.Name)
                    : left.Order.CompareTo(right.Order)
        );

        var symbols = new Symbol[_entries.Count];
        var positions = new Position[_hasPositions ? _entries.Count : 0];
        var values = new Value[_entries.Count];
        var count = 0;
        foreach (var entry in _entries)
        {
            if (count > 0 && symbols[count - 1].Id == entry.Name)
                continue;
            symbols[count] = Symbols.ById(entry.Name);
            values[count] = entry.Value;
            if (_hasPositions)
                positions[count] = entry.Position;
            count++;
        }

        var shape = Shape.Create(
            symbols.AsSpan(0, count),
            _hasPositions ? positions.AsSpan(0, count) : []
        );
        if (IsWatched)
            shape.Watch();
        var set = AttributeSet.Create(shape);
        for (var index = 0; index < count; index++)
            set.Set(index, values[index]);
        return set;
    }

    public Value ToValue() => Build().ToValue();

    private readonly record struct Entry(int Name, int Order, Value Value, Position Position);
}
