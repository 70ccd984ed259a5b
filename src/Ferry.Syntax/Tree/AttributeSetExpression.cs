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
    private readonly List<AttributeDefinition> _attributes = [];
    private List<DynamicAttributeDefinition>? _dynamicAttributes;
    private List<Expression>? _inheritSources;
    private Dictionary<Symbol, int>? _indexByName;

    internal AttributeSetExpression()
        : base(ExpressionKind.AttributeSet, SourcePosition.None) { }

    // Sets up to this size are searched in order, which is faster than hashing and needs no memory.
    private const int LinearSearchMax = 12;

    public bool IsRecursive { get; internal set; }

    /// <summary>In order of first definition; every name once.</summary>
    public ReadOnlySpan<AttributeDefinition> Attributes => CollectionsMarshal.AsSpan(_attributes);

    /// <summary>In order of definition. They see the set's own names when it is recursive, and never make any.</summary>
    public ReadOnlySpan<DynamicAttributeDefinition> DynamicAttributes =>
        CollectionsMarshal.AsSpan(_dynamicAttributes);

    /// <summary>The <c>e</c> of each <c>inherit (e) …;</c>, bound in the set's own scope when it is recursive.</summary>
    public ReadOnlySpan<Expression> InheritSources => CollectionsMarshal.AsSpan(_inheritSources);

    /// <returns>Its index in <see cref="Attributes"/>, or -1.</returns>
    public int IndexOf(Symbol name)
    {
        if (_indexByName is not null)
            return _indexByName.TryGetValue(name, out var found) ? found : -1;

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
        _indexByName?.Add(attribute.Name, _attributes.Count);
        _attributes.Add(attribute);
        if (_attributes.Count == LinearSearchMax)
            IndexByName();
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

    private void IndexByName()
    {
        _indexByName = new Dictionary<Symbol, int>(
            LinearSearchMax * 2,
            ReferenceEqualityComparer.Instance
        );
        for (var index = 0; index < _attributes.Count; index++)
            _indexByName.Add(_attributes[index].Name, index);
    }
}
