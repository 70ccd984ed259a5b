using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;
using Ferry.Formats;

namespace Ferry.Builtins.Json;

public sealed record JsonValueOptions
{
    /// <summary>Where the value was written.</summary>
    public Position Position { get; init; }

    /// <summary>Paths are copied to the store and their store path printed; otherwise they print as they are.</summary>
    public bool CopiesPaths { get; init; } = true;

    /// <summary>Computes what is not there yet; otherwise that is an error.</summary>
    public bool Forces { get; init; } = true;
}

/// <summary>Values of the language as JSON.</summary>
public sealed class JsonValues
{
    private readonly Evaluator _evaluator;
    private readonly JsonValueOptions _options;
    private readonly JsonWriter _writer = new();
    private StringContext _context = StringContext.Empty;

    private JsonValues(Evaluator evaluator, JsonValueOptions options) =>
        (_evaluator, _options) = (evaluator, options);

    /// <summary>Computes a value, deeply unless told otherwise, and prints it, adding what its strings mention to the context.</summary>
    /// <exception cref="EvaluationException">A part failed, or has no JSON form.</exception>
    public static ByteString Write(
        Evaluator evaluator,
        Value value,
        ref StringContext context,
        JsonValueOptions options
    )
    {
        var writer = new JsonValues(evaluator, options);
        try
        {
            writer.Write(value, options.Position);
        }
        catch (JsonTextException failure)
        {
            throw EvaluationException.From(failure, $"JSON serialization error: {failure.Message}");
        }

        context = context.Union(writer._context);
        return new ByteString(writer._writer.Written);
    }

    private void Write(Value value, Position position)
    {
        var stack = CallStack.Enter(position);
        value =
            _options.Forces ? value.Force(position)
            : value.Peek(out var seen) == SlotState.Forced ? seen
            : throw EvaluationException.WrongType("cannot convert a thunk to JSON", position);
        switch (value.Kind)
        {
            case ValueKind.Integer:
                _writer.Integer(value.AsInteger);
                break;
            case ValueKind.Float:
                _writer.Float(value.AsFloat);
                break;
            case ValueKind.Boolean:
                _writer.Boolean(value.AsBoolean);
                break;
            case ValueKind.Null:
                _writer.Null();
                break;
            case ValueKind.String:
                WriteString(value.AsString);
                break;
            case ValueKind.Path:
                WriteString(
                    _evaluator.Coercer.ToString(
                        value,
                        position,
                        "",
                        _options.CopiesPaths ? StringCoercion.CopyToStore : StringCoercion.None
                    )
                );
                break;
            case ValueKind.List:
                WriteList(value.AsList, position);
                break;
            case ValueKind.AttributeSet:
                WriteSet(value, position);
                break;
            default:
                throw EvaluationException.WrongType(
                    $"cannot convert {TypeNames.Show(value)} to JSON",
                    value.IsLambda ? value.LambdaNode.Information.Position : position
                );
        }

        stack.Leave();
    }

    private void WriteString(StringValue text)
    {
        if (text.HasContext)
            _context = _context.Union(text.Context);
        _writer.String(text.Bytes);
    }

    private void WriteList(ListValue list, Position position)
    {
        _writer.Raw("["u8);
        for (var index = 0; index < list.Length; index++)
        {
            if (index > 0)
                _writer.Raw(","u8);
            try
            {
                Write(list[index], position);
            }
            catch (EvaluationException failure)
                when (failure.AddTrace(position, $"while evaluating list element at index {index}"))
            {
                throw;
            }
        }

        _writer.Raw("]"u8);
    }

    // A set that knows its own text is that text, and a derivation its output path.
    private void WriteSet(Value value, Position position)
    {
        var set = value.AsAttributeSet;
        if (set.Find(KnownNames.ToStringFunction) >= 0)
        {
            WriteString(
                _evaluator.Coercer.ToString(value, position, "", StringCoercion.CanonicalizePath)
            );
            return;
        }

        if (set.Find(KnownNames.OutPath) is var outPath and >= 0)
        {
            Write(set[outPath], set.PositionAt(outPath));
            return;
        }

        _writer.Raw("{"u8);
        var separator = ""u8;
        foreach (var index in set.NameOrder())
        {
            _writer.Raw(separator);
            separator = ","u8;
            _writer.String(set.SymbolAt(index).Bytes);
            _writer.Raw(":"u8);
            WriteAttribute(set, index);
        }

        _writer.Raw("}"u8);
    }

    private void WriteAttribute(AttributeSet set, int index)
    {
        try
        {
            Write(set[index], set.PositionAt(index));
        }
        catch (EvaluationException failure)
            when (failure.AddTrace(
                    set.PositionAt(index),
                    $"while evaluating attribute '{set.SymbolAt(index)}'"
                )
            )
        {
            throw;
        }
    }
}
