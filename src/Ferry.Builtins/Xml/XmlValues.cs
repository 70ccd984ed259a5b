using System.Buffers;
using System.Globalization;
using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Syntax.Text;

namespace Ferry.Builtins.Xml;

public sealed record XmlValueOptions
{
    /// <summary>Computes everything; otherwise what is not there yet prints as unevaluated.</summary>
    public bool Forces { get; init; } = true;

    /// <summary>Hears of paths that are printed; null where nobody wants to know.</summary>
    public ISourceObserver? SourceObserver { get; init; }

    /// <summary>Adds where attributes and functions were written.</summary>
    public bool ShowsLocations { get; init; }
}

/// <summary>Values of the language as XML.</summary>
public sealed class XmlValues
{
    private readonly XmlValueOptions _options;
    private readonly XmlWriter _writer;
    private readonly HashSet<ByteString> _derivationsSeen = [];
    private StringContext _context = StringContext.Empty;

    private XmlValues(IBufferWriter<byte> output, XmlValueOptions options) =>
        (_writer, _options) = (new XmlWriter(output), options);

    /// <summary>Prints a value, adding what its strings mention to the context.</summary>
    /// <remarks>After a failure the output holds what came before it, with every element closed.</remarks>
    /// <exception cref="EvaluationException">A part failed.</exception>
    public static void Write(
        Value value,
        IBufferWriter<byte> output,
        ref StringContext context,
        XmlValueOptions options
    )
    {
        var writer = new XmlValues(output, options);
        try
        {
            writer._writer.Open("expr");
            writer.Write(value, Position.None);
        }
        finally
        {
            writer._writer.CloseAll();
        }

        context = context.Union(writer._context);
    }

    private void Write(Value value, Position position)
    {
        var stack = CallStack.Enter(position);
        if (_options.Forces)
            value = value.Force(position);
        else if (value.Peek(out var seen) == SlotState.Forced)
            value = seen;
        else
        {
            _writer.Empty("unevaluated");
            stack.Leave();
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Integer:
                Scalar("int", value.AsInteger.ToString(CultureInfo.InvariantCulture));
                break;
            case ValueKind.Float:
                Scalar("float", FloatText.General(value.AsFloat));
                break;
            case ValueKind.Boolean:
                Scalar("bool", value.AsBoolean ? "true" : "false");
                break;
            case ValueKind.Null:
                _writer.Empty("null");
                break;
            case ValueKind.String:
                _context = _context.Union(value.AsString.Context);
                Scalar("string", new ByteString(value.AsString.Bytes));
                break;
            case ValueKind.Path:
                _options.SourceObserver?.PathSeen(value.AsPath.ToString());
                Scalar("path", PathText.Show(value.AsPath.Bytes));
                break;
            case ValueKind.List:
                WriteList(value.AsList, position);
                break;
            case ValueKind.AttributeSet:
                WriteSet(value.AsAttributeSet);
                break;
            case ValueKind.Function when value.IsLambda:
                WriteLambda(value);
                break;
            default:
                _writer.Empty("unevaluated");
                break;
        }

        stack.Leave();
    }

    private void Scalar(string name, ByteString value) => _writer.Empty(name, ("value", value));

    private void WriteList(ListValue list, Position position)
    {
        _writer.Open("list");
        for (var index = 0; index < list.Length; index++)
            Write(list[index], position);
        _writer.Close();
    }

    private void WriteSet(AttributeSet set)
    {
        if (!Evaluation.Coercion.Derivations.IsDerivation(set))
        {
            _writer.Open("attrs");
            WriteAttributes(set);
            _writer.Close();
            return;
        }

        var attributes = new List<(string Name, ByteString Value)>();
        var drvPath = AddPath(attributes, set, KnownNames.DrvPath);
        AddPath(attributes, set, KnownNames.OutPath);
        _writer.Open("derivation", [.. attributes]);
        if (!drvPath.IsEmpty && _derivationsSeen.Add(drvPath))
            WriteAttributes(set);
        else
            _writer.Empty("repeated");
        _writer.Close();
    }

    private ByteString AddPath(
        List<(string Name, ByteString Value)> attributes,
        AttributeSet set,
        Symbol name
    )
    {
        if (!set.TryGet(name, out var value))
            return ByteString.Empty;
        if (_options.Forces)
            value = value.Force();
        else if (value.Peek(out var seen) == SlotState.Forced)
            value = seen;
        if (!value.IsString)
            return ByteString.Empty;
        var path = new ByteString(value.AsString.Bytes);
        attributes.Add((name.ToString(), path));
        return path;
    }

    private void WriteAttributes(AttributeSet set)
    {
        foreach (var index in set.NameOrder())
        {
            var attributes = Location(set.PositionAt(index));
            attributes.Add(("name", new ByteString(set.SymbolAt(index).Bytes)));
            Open("attr", attributes);
            Write(set[index], set.PositionAt(index));
            _writer.Close();
        }
    }

    private void WriteLambda(Value value)
    {
        var lambda = value.LambdaNode;
        Open("function", Location(lambda.Information.Position));
        if (FunctionFormals.Of(value) is { } formals)
        {
            var attributes = new List<(string Name, ByteString Value)>();
            if (lambda.Information.Argument is { } argument)
                attributes.Add(("name", new ByteString(argument.Bytes)));
            if (formals.HasEllipsis)
                attributes.Add(("ellipsis", "1"));
            Open("attrspat", attributes);
            foreach (
                var name in formals
                    .Arguments.Select(formal => new ByteString(formal.Name.Bytes))
                    .Order()
            )
                _writer.Empty("attr", ("name", name));
            _writer.Close();
        }
        else
            _writer.Empty("varpat", ("name", new ByteString(lambda.Information.Argument!.Bytes)));

        _writer.Close();
    }

    private List<(string Name, ByteString Value)> Location(Position position)
    {
        var attributes = new List<(string Name, ByteString Value)>();
        if (!_options.ShowsLocations || position.Location is not { } location)
            return attributes;
        var (line, column) = location.Source.Locate(location.Position);
        attributes.Add(("line", line.ToString(CultureInfo.InvariantCulture)));
        attributes.Add(("column", column.ToString(CultureInfo.InvariantCulture)));
        if (position.FilePath is { } path)
            attributes.Add(("path", path));
        return attributes;
    }

    // Stock keeps XML attributes in a sorted map.
    private void Open(string name, List<(string Name, ByteString Value)> attributes)
    {
        attributes.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        _writer.Open(name, [.. attributes]);
    }
}
