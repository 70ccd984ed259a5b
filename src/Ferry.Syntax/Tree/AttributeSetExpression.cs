using System.Numerics;
using System.Runtime.InteropServices;
using Ferry.Syntax.Text;

namespace Ferry.Syntax.Tree;

public enum AttributeKind : byte
{
    /// <summary><c>a = e;</c></summary>
    Plain,

    /// <summary><c>inherit a;</c>: the value is a variable of the scope around the set, even when that is recursive.</summary>
    Inherited,

    /// <summary><c>inherit (e) a;</c>: the value is a select on an <see cref="InheritSourceExpression"/>.</summary>
    InheritedFrom,
}

/// <param name="Name">Once in a set.</param>
/// <param name="Value">See <see cref="AttributeKind"/>.</param>
/// <param name="Position">Where <c>unsafeGetAttrPos</c> finds it: its path for <c>a.b = e</c>, else the name.</param>
/// <param name="Kind">Says in which scope the value is to be bound.</param>
public readonly record struct AttributeDefinition(
    Symbol Name,
    Expression Value,
    SourcePosition Position,
    AttributeKind Kind
);

/// <summary><c>${e} = v;</c></summary>
public readonly record struct DynamicAttributeDefinition(
    Expression Name,
    Expression Value,
    SourcePosition Position
);

/// <summary><c>{ … }</c>, <c>rec { … }</c>, or the bindings of a <c>let</c>, with nested paths already merged.</summary>
public sealed class AttributeSetExpression : Expression
{
    // Sets below this size are searched in order, which is faster than hashing and needs no memory.
    private const int IndexedCountMin = 16;

    private const int FirstCapacity = 4;

    private AttributeDefinition[] _attributes = [];
    private int _count;

    // Open addressing by the id of the symbol: a place in the list, plus one. At most half full.
    private int[]? _places;

    private List<DynamicAttributeDefinition>? _dynamicAttributes;
    private List<Expression>? _inheritSources;

    internal AttributeSetExpression()
        : base(ExpressionKind.AttributeSet, SourcePosition.None) { }

    public bool IsRecursive { get; internal set; }

    /// <summary>In order of first definition; every name once.</summary>
    public ReadOnlySpan<AttributeDefinition> Attributes => _attributes.AsSpan(0, _count);

    /// <summary>In order of definition. They see the set's own names when it is recursive, and never make any.</summary>
    public ReadOnlySpan<DynamicAttributeDefinition> DynamicAttributes =>
        CollectionsMarshal.AsSpan(_dynamicAttributes);

    /// <summary>The <c>e</c> of each <c>inherit (e) …;</c>, bound in the set's own scope when it is recursive.</summary>
    public ReadOnlySpan<Expression> InheritSources => CollectionsMarshal.AsSpan(_inheritSources);

    /// <returns>Its index in <see cref="Attributes"/>, or -1.</returns>
    public int IndexOf(Symbol name)
    {
        if (_places is not null)
            return _places[SlotOf(_places, name)] - 1;

        var attributes = Attributes;
        for (var index = 0; index < attributes.Length; index++)
        {
            if (ReferenceEquals(attributes[index].Name, name))
                return index;
        }

        return -1;
    }

    internal void Add(AttributeDefinition attribute)
    {
        if (_count == _attributes.Length)
            Array.Resize(ref _attributes, _count == 0 ? FirstCapacity : _count * 2);

        _attributes[_count++] = attribute;
        if (_count >= IndexedCountMin)
            AddPlace();
    }

    internal void Add(DynamicAttributeDefinition attribute) =>
        (_dynamicAttributes ??= []).Add(attribute);

    /// <returns>The index that <see cref="InheritSourceExpression"/> refers to.</returns>
    internal int AddInheritSource(Expression source)
    {
        _inheritSources ??= [];
        _inheritSources.Add(source);
        return _inheritSources.Count - 1;
    }

    private void AddPlace()
    {
        if (_places is not null && _count * 2 <= _places.Length)
        {
            _places[SlotOf(_places, _attributes[_count - 1].Name)] = _count;
            return;
        }

        _places = new int[BitOperations.RoundUpToPowerOf2((uint)_count * 4)];
        for (var index = 0; index < _count; index++)
            _places[SlotOf(_places, _attributes[index].Name)] = index + 1;
    }

    private int SlotOf(int[] places, Symbol name)
    {
        const uint multiplier = 0x9E37_79B1;
        var mask = places.Length - 1;
        var slot = (int)(((uint)name.Id * multiplier) >> 7) & mask;
        while (places[slot] != 0 && !ReferenceEquals(_attributes[places[slot] - 1].Name, name))
            slot = (slot + 1) & mask;
        return slot;
    }
}
