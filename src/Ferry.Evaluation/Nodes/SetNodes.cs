using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Nodes;

/// <summary><c>{ … }</c> without its dynamic attributes.</summary>
internal abstract class SetNode(Shape shape, Position position) : Node
{
    protected Shape Shape { get; } = shape;

    protected Position Position { get; } = position;

    /// <summary>The set, and the frame in which dynamic attributes are evaluated.</summary>
    public abstract AttributeSet Build(Frame frame, out Frame inner);

    public override Value Evaluate(Frame frame) => Build(frame, out _).ToValue();
}

/// <summary>A set whose attributes all see the scope around it.</summary>
internal sealed class StaticSetNode(Shape shape, Node[] attributes, Position position)
    : SetNode(shape, position)
{
    public override AttributeSet Build(Frame frame, out Frame inner)
    {
        inner = frame;
        if (attributes.Length == 0)
            return AttributeSet.Empty;
        var set = AttributeSet.Create(Shape, Position);
        for (var index = 0; index < attributes.Length; index++)
            set.Set(index, attributes[index].Delay(frame));
        return set;
    }
}

/// <param name="Node">The value.</param>
/// <param name="IsInherited">From a source: it sees the frame of the sources.</param>
internal readonly record struct BoundAttribute(Node Node, bool IsInherited);

/// <summary>A set with <c>inherit (e) a;</c>: each <c>e</c> has a slot, so that it is evaluated once.</summary>
internal sealed class InheritingSetNode(
    Shape shape,
    BoundAttribute[] attributes,
    Node[] sources,
    Position position
) : SetNode(shape, position)
{
    public override AttributeSet Build(Frame frame, out Frame inner)
    {
        inner = frame;
        var sourceFrame = Frame.Create(frame, sources.Length);
        for (var index = 0; index < sources.Length; index++)
            sourceFrame.Set(index, sources[index].Delay(frame));
        var set = AttributeSet.Create(Shape, Position);
        for (var index = 0; index < attributes.Length; index++)
        {
            var (node, isInherited) = attributes[index];
            set.Set(index, node.Delay(isInherited ? sourceFrame : frame));
        }
        return set;
    }
}

/// <summary>What fills a frame of bindings that see each other.</summary>
/// <param name="Nodes">One for each slot.</param>
/// <param name="IsOuter">For each slot: the node sees the frame around instead (<c>inherit a;</c>).</param>
internal sealed record Bindings(Node[] Nodes, bool[] IsOuter)
{
    /// <summary>As <see cref="Enter"/>, with a thunk for everything that sees the frame itself.</summary>
    public Frame EnterSuspended(Frame outer)
    {
        var frame = Frame.Create(outer, Nodes.Length);
        for (var index = 0; index < Nodes.Length; index++)
            frame.Set(
                index,
                IsOuter[index] ? Nodes[index].Delay(outer) : Delayed.Thunk(Nodes[index], frame)
            );
        return frame;
    }

    public Frame Enter(Frame outer)
    {
        var frame = Frame.Create(outer, Nodes.Length);
        for (var index = 0; index < Nodes.Length; index++)
            frame.Set(index, Nodes[index].Delay(IsOuter[index] ? outer : frame));
        return frame;
    }
}

/// <summary><c>rec { … }</c>: a frame holds the attributes, the set refers to its slots.</summary>
internal sealed class RecursiveSetNode(
    Shape shape,
    Bindings bindings,
    int overridesIndex,
    Position position
) : SetNode(shape, position)
{
    public override AttributeSet Build(Frame frame, out Frame inner)
    {
        // A variable among the attributes must be looked up again after the overrides are in place.
        inner = overridesIndex < 0 ? bindings.Enter(frame) : bindings.EnterSuspended(frame);
        var set = AttributeSet.Create(Shape, Position);
        for (var index = 0; index < Shape.Count; index++)
            set.Set(index, inner.Get(index));
        return overridesIndex < 0 ? set : Override(set, inner);
    }

    // Attributes of "__overrides" replace those of the set, also where the set's own expressions see them.
    private AttributeSet Override(AttributeSet set, Frame inner)
    {
        var overrides = Forcing.AttributeSet(
            set[overridesIndex],
            Position.None,
            "while evaluating the `__overrides` attribute"
        );
        for (var index = 0; index < overrides.Count; index++)
        {
            var slot = Shape.Find(overrides.SymbolAt(index));
            if (slot >= 0)
                inner.Set(slot, overrides[index]);
        }
        return AttributeSet.Update(set, overrides);
    }
}

/// <param name="Name">Null means that there is no such attribute.</param>
/// <param name="Value">Suspended.</param>
/// <param name="Position">Of the attribute.</param>
internal readonly record struct DynamicAttribute(Node Name, Node Value, Position Position);

/// <summary>A set with <c>${e} = v;</c>.</summary>
internal sealed class DynamicSetNode(
    Evaluator evaluator,
    SetNode known,
    DynamicAttribute[] attributes
) : Node
{
    private const string Because = "while evaluating the name of a dynamic attribute";
    private const int KnownShapes = 128;

    // Shapes of one name, by its number; other threads may replace them.
    private uint[]? _shapes;

    public override Value Evaluate(Frame frame)
    {
        var set = known.Build(frame, out var inner);
        if (attributes.Length == 1)
        {
            // The usual case, "{ ${name} = value; }", needs nothing but the set itself.
            return NameOf(attributes[0], inner) is { } only
                ? AttributeSet.Update(set, Single(set, only, attributes[0], inner)).ToValue()
                : set.ToValue();
        }

        var added = new AttributeSetBuilder(attributes.Length);
        var seen = new Dictionary<int, Position>();
        foreach (var attribute in attributes)
        {
            if (NameOf(attribute, inner) is not { } name)
                continue;
            CheckAbsent(set, name, attribute);
            if (!seen.TryAdd(name.Id, attribute.Position))
                throw Repeated(name, seen[name.Id], attribute.Position);
            added.Add(name, Delay(attribute, name, inner).Share(), attribute.Position);
        }
        return AttributeSet.Update(set, added.Build()).ToValue();
    }

    private AttributeSet Single(
        AttributeSet set,
        Symbol name,
        DynamicAttribute attribute,
        Frame inner
    )
    {
        CheckAbsent(set, name, attribute);
        var single = AttributeSet.Create(ShapeOf(name, attribute.Position));
        single.Set(0, Delay(attribute, name, inner));
        return single;
    }

    // A loop gives the same names again and again, and sets with one shape share what is known of it.
    private Shape ShapeOf(Symbol name, Position position)
    {
        _shapes ??= new uint[KnownShapes];
        ref var remembered = ref _shapes[name.Id & (KnownShapes - 1)];
        var shape = new Shape(Volatile.Read(ref remembered));
        if (shape.Handle == 0 || shape.SymbolAt(0) != name)
        {
            shape = Shape.Create([name], [position]);
            Volatile.Write(ref remembered, shape.Handle);
        }
        return shape;
    }

    private Symbol? NameOf(DynamicAttribute attribute, Frame inner)
    {
        var name = attribute.Name.Evaluate(inner);
        if (name.IsNull)
            return null;
        var text = Forcing.StringWithoutContext(evaluator, name, attribute.Position, Because);
        return Symbols.Of(text.Bytes);
    }

    private static Delayed Delay(DynamicAttribute attribute, Symbol name, Frame inner)
    {
        if (attribute.Value is LambdaNode lambda)
            lambda.SetName(name);
        return attribute.Value.Delay(inner);
    }

    private static void CheckAbsent(AttributeSet set, Symbol name, DynamicAttribute attribute)
    {
        var index = set.Find(name);
        if (index >= 0)
            throw Repeated(name, set.PositionAt(index), attribute.Position);
    }

    private static EvaluationException Repeated(Symbol name, Position first, Position second) =>
        EvaluationException.Failed(
            $"dynamic attribute '{name}' already defined at {first}",
            second
        );
}
