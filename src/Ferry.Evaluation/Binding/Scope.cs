using Ferry.Evaluation.Errors;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Binding;

/// <summary>One level of names, which is one frame at run time.</summary>
internal abstract class Scope(Scope? up)
{
    public Scope? Up { get; } = up;
}

/// <summary>Names whose slots are known: of a function, a <c>let</c>, a recursive set.</summary>
internal sealed class VariableScope : Scope
{
    // Searching a few names in order beats hashing.
    private const int LinearSearchMax = 8;

    private readonly List<Symbol> _names = [];
    private Dictionary<Symbol, int>? _slots;

    public VariableScope(Scope? up)
        : base(up) { }

    /// <summary>Of the first slots, in their order.</summary>
    public IReadOnlyList<Symbol> Names => _names;

    /// <summary>Slots of the frame, hidden ones for the sources of <c>inherit (e)</c> included.</summary>
    public int Count { get; private set; }

    /// <summary>The first slot for sources of <c>inherit (e)</c>.</summary>
    public int InheritSourcesStart { get; private set; }

    public int Add(Symbol name)
    {
        _names.Add(name);
        if (_slots is not null)
            _slots[name] = Count;
        else if (_names.Count > LinearSearchMax)
            BuildTable();
        return Count++;
    }

    /// <summary>Adds slots without names. Nothing may be added afterwards.</summary>
    public void AddInheritSources(int count)
    {
        InheritSourcesStart = Count;
        Count += count;
    }

    /// <returns>The slot, or -1. Of equal names the last wins.</returns>
    public int Find(Symbol name)
    {
        if (_slots is not null)
            return _slots.GetValueOrDefault(name, -1);
        for (var index = _names.Count - 1; index >= 0; index--)
        {
            if (ReferenceEquals(_names[index], name))
                return index;
        }
        return -1;
    }

    private void BuildTable()
    {
        _slots = new(ReferenceEqualityComparer.Instance);
        for (var index = 0; index < _names.Count; index++)
            _slots[_names[index]] = index;
    }
}

/// <summary>The body of <c>with</c>: one slot, whose names are known only at run time.</summary>
internal sealed class WithScope(Scope? up, Position position) : Scope(up)
{
    public Position Position { get; } = position;
}
