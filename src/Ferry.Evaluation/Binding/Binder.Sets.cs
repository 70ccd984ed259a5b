using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Evaluation.Binding;

/// <summary>Sets and <c>let</c>.</summary>
internal sealed partial class Binder
{
    private Node BindSet(AttributeSetExpression set, Scope? scope)
    {
        var sorted = Sort(set);
        var shape = ShapeOf(sorted);
        var position = At(set.Position);
        if (set.IsRecursive)
            return BindRecursiveSet(set, sorted, shape, scope, position);

        Node[] sources = [];
        var inner = scope;
        if (!set.InheritSources.IsEmpty)
        {
            // Sources get a frame of their own; all but what is inherited from them is bound outside of it.
            var sourceScope = new VariableScope(scope);
            sourceScope.AddInheritSources(set.InheritSources.Length);
            inner = sourceScope;
            sources = BindAll(set.InheritSources, scope);
        }
        var attributes = new BoundAttribute[sorted.Length];
        for (var index = 0; index < sorted.Length; index++)
        {
            var isInherited = sorted[index].Kind == AttributeKind.InheritedFrom;
            attributes[index] = new(
                Suspendable(sorted[index].Value, isInherited ? inner : scope),
                isInherited
            );
        }
        var node =
            sources.Length > 0
                ? (SetNode)new InheritingSetNode(shape, attributes, sources, position)
                : new StaticSetNode(
                    shape,
                    Array.ConvertAll(attributes, item => item.Node),
                    position
                );
        return WithDynamicAttributes(node, set, scope);
    }

    private Node BindRecursiveSet(
        AttributeSetExpression set,
        AttributeDefinition[] sorted,
        Shape shape,
        Scope? scope,
        Position position
    )
    {
        var inner = new VariableScope(scope);
        var bindings = BindBindings(set, sorted, scope, inner);
        var overrides = shape.Find(KnownNames.Overrides);
        var node = new RecursiveSetNode(shape, bindings, overrides, position);
        return WithDynamicAttributes(node, set, inner);
    }

    private Node WithDynamicAttributes(SetNode node, AttributeSetExpression set, Scope? scope)
    {
        if (set.DynamicAttributes.IsEmpty)
            return node;
        var attributes = new DynamicAttribute[set.DynamicAttributes.Length];
        for (var index = 0; index < attributes.Length; index++)
        {
            var attribute = set.DynamicAttributes[index];
            attributes[index] = new(
                Bind(attribute.Name, scope),
                Suspendable(attribute.Value, scope),
                At(attribute.Position)
            );
        }
        return new DynamicSetNode(_evaluator, node, attributes);
    }

    private Node BindLet(LetExpression let, Scope? scope)
    {
        var inner = new VariableScope(scope);
        var bindings = BindBindings(let.Bindings, Sort(let.Bindings), scope, inner);
        var body = Bind(let.Body, inner);
        return new LetNode(
            bindings,
            Debugged(
                body,
                At(let.Position),
                inner,
                () => $"while evaluating a '{"let"}' expression"
            )
        );
    }

    // The frame has the names in symbol order, then the sources.
    private Bindings BindBindings(
        AttributeSetExpression set,
        AttributeDefinition[] sorted,
        Scope? outer,
        VariableScope inner
    )
    {
        foreach (var attribute in sorted)
            inner.Add(attribute.Name);
        inner.AddInheritSources(set.InheritSources.Length);

        var nodes = new Node[inner.Count];
        var isOuter = new bool[inner.Count];
        for (var index = 0; index < sorted.Length; index++)
        {
            isOuter[index] = sorted[index].Kind == AttributeKind.Inherited;
            nodes[index] = Suspendable(sorted[index].Value, isOuter[index] ? outer : inner);
        }
        for (var index = sorted.Length; index < nodes.Length; index++)
            nodes[index] = Suspendable(set.InheritSources[index - sorted.Length], inner);
        return new(nodes, isOuter);
    }

    private static AttributeDefinition[] Sort(AttributeSetExpression set)
    {
        var sorted = set.Attributes.ToArray();
        Array.Sort(sorted, (left, right) => left.Name.Id.CompareTo(right.Name.Id));
        return sorted;
    }

    private Shape ShapeOf(AttributeDefinition[] sorted)
    {
        var positions = Array.ConvertAll(sorted, attribute => At(attribute.Position));
        return Shape.Create(
            (ReadOnlySpan<Symbol>)Array.ConvertAll(sorted, attribute => attribute.Name),
            positions
        );
    }
}
