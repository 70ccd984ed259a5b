using System.Buffers;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Printing;

/// <content>Sets and functions: their names are sorted, so that the output does not depend on the writing.</content>
public sealed partial class ExpressionPrinter
{
    // Inherited names first, then those of each source in its order, then the rest, dynamic ones last.
    private void WriteBindings(AttributeSetExpression attributes)
    {
        var sorted = attributes.Attributes.ToArray();
        Array.Sort(
            sorted,
            static (left, right) => left.Name.Bytes.SequenceCompareTo(right.Name.Bytes)
        );
        WriteInherited(Array.FindAll(sorted, static one => one.Kind == AttributeKind.Inherited));
        var sources = attributes.InheritSources;
        for (var index = 0; index < sources.Length; index++)
        {
            var source = index;
            var names = Array.FindAll(sorted, one => SourceOf(one) == source);
            WriteInherited(names, sources[index]);
        }

        foreach (var attribute in sorted)
        {
            if (attribute.Kind != AttributeKind.Plain)
                continue;
            Write(attribute.Name);
            WriteValue(attribute.Value);
        }

        foreach (var attribute in attributes.DynamicAttributes)
        {
            WriteDynamicName(attribute.Name);
            WriteValue(attribute.Value);
        }
    }

    private static int SourceOf(AttributeDefinition attribute) =>
        attribute
            is {
                Kind: AttributeKind.InheritedFrom,
                Value: SelectExpression { Subject: InheritSourceExpression source }
            }
            ? source.Index
            : -1;

    private void WriteInherited(AttributeDefinition[] names, Expression? source = null)
    {
        // As in stock, a source without names is not shown.
        if (names.Length == 0)
            return;

        _output.Write("inherit"u8);
        if (source is not null)
        {
            _output.Write(" ("u8);
            Write(source);
            _output.Write(")"u8);
        }

        foreach (var attribute in names)
        {
            _output.Write(" "u8);
            Write(attribute.Name);
        }

        _output.Write("; "u8);
    }

    private void WriteValue(Expression value)
    {
        _output.Write(" = "u8);
        Write(value);
        _output.Write("; "u8);
    }

    private void WriteLambda(LambdaExpression lambda)
    {
        _output.Write("("u8);
        if (lambda.HasFormals)
        {
            WriteFormals(lambda);
            if (lambda.Argument is not null)
                _output.Write(" @ "u8);
        }

        if (lambda.Argument is not null)
            Write(lambda.Argument);
        _output.Write(": "u8);
        Write(lambda.Body);
        _output.Write(")"u8);
    }

    private void WriteFormals(LambdaExpression lambda)
    {
        _output.Write("{ "u8);
        var sorted = lambda.Formals.ToArray();
        Array.Sort(
            sorted,
            static (left, right) => left.Name.Bytes.SequenceCompareTo(right.Name.Bytes)
        );
        for (var index = 0; index < sorted.Length; index++)
        {
            if (index > 0)
                _output.Write(", "u8);
            Write(sorted[index].Name);
            if (sorted[index].Default is not { } fallback)
                continue;
            _output.Write(" ? "u8);
            Write(fallback);
        }

        if (lambda.HasEllipsis)
            _output.Write(sorted.Length > 0 ? ", ..."u8 : "..."u8);
        _output.Write(" }"u8);
    }
}
