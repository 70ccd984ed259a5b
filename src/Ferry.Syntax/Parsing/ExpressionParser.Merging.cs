using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Printing;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Parsing;

/// <content>Puts <c>a.b.c = e;</c> into its set; sets that are written in several places become one.</content>
internal sealed partial class ExpressionParser
{
    private void Define(
        AttributeSetExpression attributes,
        AttributeName[] path,
        SourcePosition position,
        Expression value
    )
    {
        for (var depth = 0; depth < path.Length - 1; depth++)
            attributes = Nested(attributes, path, depth, position);

        var last = path[^1];
        if (last.Symbol is not { } name)
        {
            attributes.Add(new DynamicAttributeDefinition(last.Expression!, value, position));
            return;
        }

        var definition = new AttributeDefinition(name, value, position, AttributeKind.Plain);
        if (attributes.IndexOf(name) is >= 0 and var index)
            Merge(attributes.Attributes[index], definition, [.. path]);
        else
            Add(attributes, definition);
    }

    private AttributeSetExpression Nested(
        AttributeSetExpression attributes,
        AttributeName[] path,
        int depth,
        SourcePosition position
    )
    {
        var nested = new AttributeSetExpression();
        if (path[depth].Symbol is not { } name)
        {
            attributes.Add(
                new DynamicAttributeDefinition(path[depth].Expression!, nested, position)
            );
            return nested;
        }

        if (attributes.IndexOf(name) is >= 0 and var index)
        {
            var existing = attributes.Attributes[index];
            if (existing.Value is AttributeSetExpression known)
                return known;
            Fail(Duplicate(path[..(depth + 1)], position, existing.Position));
            return nested;
        }

        attributes.Add(new AttributeDefinition(name, nested, position, AttributeKind.Plain));
        return nested;
    }

    private static void Add(AttributeSetExpression attributes, AttributeDefinition definition)
    {
        attributes.Add(definition);
        NameFunctions(definition.Value, definition.Name);
    }

    // The path ends with the name of both definitions; it is there for the message.
    private void Merge(
        AttributeDefinition existing,
        AttributeDefinition added,
        List<AttributeName> path
    )
    {
        EnsureStack();
        if (HasFailed)
            return;
        if (
            existing.Value is AttributeSetExpression target
            && added.Value is AttributeSetExpression source
        )
        {
            Merge(target, source, path);
            return;
        }

        Fail(Duplicate([.. path], added.Position, existing.Position));
    }

    // Whether either set is recursive is not asked: as in stock, the first one decides for both.
    private void Merge(
        AttributeSetExpression target,
        AttributeSetExpression added,
        List<AttributeName> path
    )
    {
        var sourceOffset = target.InheritSources.Length;
        var definitions = added.Attributes.ToArray();
        // In the order of symbols, as in stock: it decides which of several duplicates is reported.
        Array.Sort(definitions, static (left, right) => left.Name.Id.CompareTo(right.Name.Id));
        foreach (var definition in definitions)
        {
            if (
                definition.Kind == AttributeKind.InheritedFrom
                && definition.Value is SelectExpression { Subject: InheritSourceExpression source }
            )
            {
                source.Index += sourceOffset;
            }

            path.Add(new AttributeName(definition.Name));
            if (target.IndexOf(definition.Name) is >= 0 and var index)
                Merge(target.Attributes[index], definition, path);
            else
                Add(target, definition);
            path.RemoveAt(path.Count - 1);
        }

        foreach (var definition in added.DynamicAttributes)
            target.Add(definition);
        foreach (var source in added.InheritSources)
            target.AddInheritSource(source);
    }

    // Functions that return functions pass the name on: "f = a: b: …" names both.
    private static void NameFunctions(Expression value, Symbol name)
    {
        while (value is LambdaExpression lambda)
        {
            lambda.Name = name;
            value = lambda.Body;
        }
    }

    private SyntaxException Duplicate(
        AttributeName[] path,
        SourcePosition position,
        SourcePosition earlier
    ) =>
        SyntaxErrors.DuplicateAttribute(
            new(_source, position),
            ExpressionPrinter.Format(path),
            new(_source, earlier)
        );
}
