using Ferry.Evaluation.Binding;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Debugging;

/// <summary>An expression that is being evaluated, with the names it can see.</summary>
public sealed class DebugPoint
{
    private readonly DebugPlace _place;
    private readonly Frame _frame;

    internal DebugPoint(DebugPlace place, Frame frame) => (_place, _frame) = (place, frame);

    /// <summary>What the expression does, with colours, as in traces.</summary>
    public Hint Hint => _place.Hint();

    public Position Position => _place.Position;

    /// <summary>The names around the expression, innermost first; without the builtins.</summary>
    public IReadOnlyList<DebugLevel> Levels
    {
        get
        {
            var levels = new List<DebugLevel>();
            foreach (var (scope, frame) in Walk())
                levels.Add(new(scope is WithScope, [.. Names(scope, frame)]));
            return levels;
        }
    }

    /// <summary>All that the expression can name but the builtins, computed or not; inner names hide outer ones.</summary>
    public AttributeSet Variables
    {
        get
        {
            var variables = new Dictionary<Symbol, Value>(ReferenceEqualityComparer.Instance);
            // A plain name hides one of "with" wherever that stands.
            foreach (var isWith in (ReadOnlySpan<bool>)[false, true])
            {
                foreach (var (scope, frame) in Walk())
                {
                    if (scope is WithScope == isWith)
                        AddVariables(variables, scope, frame);
                }
            }

            var builder = new AttributeSetBuilder(variables.Count);
            foreach (var (name, value) in variables)
                builder.Add(name, value);
            return builder.ToValue().AsAttributeSet;
        }
    }

    private IEnumerable<(Scope Scope, Frame Frame)> Walk()
    {
        var frame = _frame;
        for (var scope = _place.Scope; scope is not null; scope = scope.Up, frame = frame.Up)
            yield return (scope, frame);
    }

    private static void AddVariables(Dictionary<Symbol, Value> variables, Scope scope, Frame frame)
    {
        if (scope is VariableScope known)
        {
            for (var slot = 0; slot < known.Names.Count; slot++)
            {
                if (frame.IsFilled(slot))
                    variables.TryAdd(known.Names[slot], frame.Get(slot));
            }
        }
        else if (TryGetAttributes(frame) is { } set)
        {
            for (var index = 0; index < set.Count; index++)
                variables.TryAdd(set.SymbolAt(index), set[index]);
        }
    }

    private static IEnumerable<Symbol> Names(Scope scope, Frame frame)
    {
        if (scope is VariableScope known)
            return known.Names;
        return TryGetAttributes(frame) is { } set
            ? Enumerable.Range(0, set.Count).Select(set.SymbolAt)
            : [];
    }

    // A "with" that nothing has asked for yet stays suspended: looking must not compute.
    private static AttributeSet? TryGetAttributes(Frame frame) =>
        frame.IsFilled(0) && frame.Get(0) is { IsForced: true, IsAttributeSet: true } value
            ? value.AsAttributeSet
            : null;
}

/// <summary>One level of names around an expression.</summary>
/// <param name="IsWith">Of a <c>with</c>, whose names are unknown until something has computed it.</param>
/// <param name="Names">In no order that a program can see.</param>
public sealed record DebugLevel(bool IsWith, IReadOnlyList<Symbol> Names);

/// <summary>What the binder knows of a point.</summary>
/// <param name="Position">Of the expression.</param>
/// <param name="Scope">The names around it; null for the builtins alone.</param>
/// <param name="Hint">What it does.</param>
internal sealed record DebugPlace(Position Position, Scope? Scope, Func<Hint> Hint);
