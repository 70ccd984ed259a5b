using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;
using Ferry.Evaluation.Ports;

namespace Ferry.Evaluation.Values;

/// <summary>What a builtin's body sees: its arguments, ways to force and call, and the evaluator's ports.</summary>
/// <remarks>
/// The methods that take an argument's index explain failures as stock does for most builtins: "while evaluating the
/// second argument passed to builtins.NAME". Give <c>because</c> where stock says something else.
/// </remarks>
public readonly ref struct BuiltinCall
{
    private static readonly string[] s_ordinals = ["first", "second", "third"];

    private readonly BoundBuiltin _builtin;
    private readonly Value _first;
    private readonly Value _second;
    private readonly Value _third;

    internal BuiltinCall(BoundBuiltin builtin, Value first, Value second, Value third) =>
        (_builtin, _first, _second, _third) = (builtin, first, second, third);

    public Evaluator Evaluator => _builtin.Evaluator;

    public string Name => _builtin.Builtin.Name;

    public EvaluationSettings Settings => Evaluator.Settings;

    public ISourceFiles Files => Evaluator.Files;

    public IEvaluationStore Store => Evaluator.Store;

    public IEnvironment Environment => Evaluator.Environment;

    public ISourceFetcher Fetcher => Evaluator.Fetcher;

    /// <summary>The argument as it came, perhaps not yet computed. It may be stored in results.</summary>
    public Value Argument(int index) =>
        index switch
        {
            0 => _first,
            1 => _second,
            2 => _third,
            _ => throw new ArgumentOutOfRangeException(nameof(index)),
        };

    public Value Force(int index) => Argument(index).Force();

    public long ForceInt(int index, string? because = null) =>
        Force(index, ValueKind.Integer, "an integer", because).AsInteger;

    public double ForceFloat(int index, string? because = null)
    {
        var value = Argument(index);
        return value.IsFloat ? value.AsFloat : ForceFloat(value, because ?? Because(index));
    }

    public bool ForceBool(int index, string? because = null) =>
        Force(index, ValueKind.Boolean, "a Boolean", because).AsBoolean;

    public StringValue ForceString(int index, string? because = null) =>
        Force(index, ValueKind.String, "a string", because).AsString;

    /// <summary>A string that mentions no store object.</summary>
    public StringValue ForceStringWithoutContext(int index, string? because = null)
    {
        var text = ForceString(index, because);
        return text.HasContext
            ? ForceStringWithoutContext(Argument(index), because ?? Because(index))
            : text;
    }

    public ListValue ForceList(int index, string? because = null)
    {
        var value = Argument(index).Force();
        return value.IsList ? value.AsList : ForceList(value, because ?? Because(index));
    }

    public AttributeSet ForceAttributeSet(int index, string? because = null)
    {
        var value = Argument(index).Force();
        return value.IsAttributeSet
            ? value.AsAttributeSet
            : ForceAttributeSet(value, because ?? Because(index));
    }

    /// <summary>A lambda, a builtin or a set with <c>__functor</c>.</summary>
    public Value ForceFunction(int index, string? because = null)
    {
        var value = Argument(index);
        return value.IsFunction ? value : ForceFunction(value, because ?? Because(index));
    }

    public static long ForceInt(Value value, string because, Position position = default) =>
        Forcing.Integer(value, position, because);

    public static double ForceFloat(Value value, string because, Position position = default) =>
        Forcing.Float(value, position, because);

    public static bool ForceBool(Value value, string because, Position position = default) =>
        Forcing.Boolean(value, position, because);

    public static StringValue ForceString(
        Value value,
        string because,
        Position position = default
    ) => Forcing.String(value, position, because);

    public StringValue ForceStringWithoutContext(
        Value value,
        string because,
        Position position = default
    ) => Forcing.StringWithoutContext(Evaluator, value, position, because);

    public static ListValue ForceList(Value value, string because, Position position = default) =>
        Forcing.List(value, position, because);

    public static AttributeSet ForceAttributeSet(
        Value value,
        string because,
        Position position = default
    ) => Forcing.AttributeSet(value, position, because);

    public static Value ForceFunction(Value value, string because, Position position = default) =>
        Forcing.Function(value, position, because);

    /// <summary>Calls a function now; the result is forced.</summary>
    public static Value CallFunction(Value function, Value argument) =>
        Calling.Call(function, argument, Position.None);

    /// <inheritdoc cref="CallFunction(Value, Value)"/>
    public static Value CallFunction(Value function, Value first, Value second) =>
        Calling.Call(function, first, second, Position.None);

    /// <summary>Joins everything that coerces to a string, with the contexts. See <see cref="Coercion.Coercer"/>.</summary>
    public StringValue CoerceToString(
        Value value,
        string because,
        StringCoercion coercion = StringCoercion.Default
    ) => Evaluator.Coercer.ToString(value, Position.None, because, coercion);

    /// <summary>A path value, or a string with an absolute path; what it mentions is added to the context.</summary>
    public string CoerceToPath(
        Value value,
        ref StringContext context,
        string because,
        Position position = default
    ) => Evaluator.Coercer.ToPath(value, position, ref context, because);

    /// <summary>An error of this builtin. It has no position: the trace says where the builtin was called.</summary>
    public static EvaluationException Fail(Hint message) => EvaluationException.Failed(message);

    /// <summary>"expected a list but found an integer: 1".</summary>
    public static EvaluationException WrongType(string expected, Value found) =>
        Forcing.WrongType(expected, found, Position.None);

    /// <summary>"while evaluating the first argument passed to builtins.NAME".</summary>
    public string Because(int index) => Because(_builtin.Builtin, index);

    // The explanation is put together only when it is needed.
    private Value Force(int index, ValueKind kind, string expected, string? because)
    {
        var value = Argument(index);
        if (value.Kind == kind)
            return value;
        var builtin = _builtin.Builtin;
        try
        {
            value = value.Force();
            return value.Kind == kind ? value : throw WrongType(expected, value);
        }
        catch (EvaluationException failure)
            when (failure.AddTrace(Position.None, because ?? Because(builtin, index)))
        {
            throw;
        }
    }

    internal static string Because(Builtin builtin, int index) =>
        $"while evaluating the {s_ordinals[index]} argument passed to builtins.{builtin.Name}";
}
