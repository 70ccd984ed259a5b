using Ferry.Builtins.Json;
using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Parallel;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Syntax.Text;

namespace Ferry.Builtins.Derivations;

/// <summary>Reads the argument of <c>derivationStrict</c>, attribute by attribute in the order of names.</summary>
internal ref struct DerivationAttributeReader(BuiltinCall call, AttributeSet set, string name)
{
    private readonly BuiltinCall _call = call;
    private readonly DerivationDraft _draft = new(name);

    public readonly DerivationDraft Read()
    {
        if (Flag(DerivationAttributes.StructuredAttributes, "__structuredAttrs"))
            _draft.Structured = [];
        var ignoresNulls = Flag(DerivationAttributes.IgnoreNulls, "__ignoreNulls");
        Ahead.OfferText(set.ToValue());
        foreach (var index in set.NameOrder())
        {
            var symbol = set.SymbolAt(index);
            if (symbol == DerivationAttributes.IgnoreNulls)
                continue;
            try
            {
                if (ignoresNulls && set.Force(index).IsNull)
                    continue;
                ReadAttribute(symbol, set[index]);
            }
            catch (EvaluationException failure)
                when (failure.AddTrace(
                        set.PositionAt(index),
                        $"while evaluating attribute '{symbol}' of derivation '{name}'"
                    ) || PlatformMistake.CanBeIn(symbol)
                )
            {
                PlatformMistake.Explain(failure, set, index, name);
                throw;
            }
        }

        return _draft;
    }

    private readonly bool Flag(Symbol symbol, string shownName) =>
        set.TryGet(symbol, out var value)
        && BuiltinCall.ForceBool(
            value,
            $"while evaluating the `{shownName}` attribute passed to builtins.derivationStrict"
        );

    private readonly void ReadAttribute(Symbol symbol, Value value)
    {
        if (symbol == DerivationAttributes.ContentAddressed)
        {
            if (BuiltinCall.ForceBool(value, ""))
                throw DerivationDraft.Experimental("ca-derivations");
        }
        else if (symbol == DerivationAttributes.Impure)
        {
            if (BuiltinCall.ForceBool(value, ""))
                throw DerivationDraft.Experimental("impure-derivations");
        }
        else if (symbol == DerivationAttributes.Arguments)
            ReadArguments(value);
        else if (_draft.Structured is not null)
            ReadStructured(symbol, value);
        else
            ReadVariable(symbol, value);
    }

    private readonly void ReadArguments(Value value)
    {
        var list = BuiltinCall.ForceList(value, "");
        for (var index = 0; index < list.Length; index++)
        {
            var argument = _call.CoerceToString(
                list[index],
                "while evaluating an element of the argument list",
                StringCoercion.Default | StringCoercion.More
            );
            _draft.Arguments.Add(_draft.Take(argument));
        }
    }

    // Everything becomes text for the builder's environment, lists joined by spaces.
    private readonly void ReadVariable(Symbol symbol, Value value)
    {
        var text = _draft.Take(
            _call.CoerceToString(value, "", StringCoercion.Default | StringCoercion.More)
        );
        if (symbol == DerivationAttributes.Json)
        {
            TracingBuiltins.Warn(
                _call.Evaluator,
                $"In derivation '{_draft.Name}': setting structured attributes via '__json' is deprecated, and may be disallowed in future versions of Nix. Set '__structuredAttrs = true' instead."
            );
            _draft.Json = Normalize(text);
            return;
        }

        _draft.Environment.Add(new ByteString(symbol.Bytes), text);
        if (symbol == DerivationAttributes.Builder)
            _draft.Builder = text;
        else if (symbol == DerivationAttributes.System)
            _draft.System = text;
        else if (symbol == DerivationAttributes.Outputs)
            _draft.SetOutputs(Words(text));
        else
            ReadHash(symbol, text);
    }

    private readonly void ReadStructured(Symbol symbol, Value value)
    {
        if (symbol == DerivationAttributes.StructuredAttributes)
            return;
        var context = _draft.Context;
        var json = JsonValues.Write(_call.Evaluator, value, ref context, new JsonValueOptions());
        _draft.Context = context;
        _draft.Structured!.Add(new ByteString(symbol.Bytes), json);

        if (symbol == DerivationAttributes.Builder)
            _draft.Builder = _draft.Take(BuiltinCall.ForceString(value, ""));
        else if (symbol == DerivationAttributes.System)
            _draft.System = Plain(value);
        else if (symbol == DerivationAttributes.Outputs)
            _draft.SetOutputs(Names(BuiltinCall.ForceList(value, "")));
        else if (IsHashAttribute(symbol))
            ReadHash(symbol, Plain(value));
        else if (Array.IndexOf(DerivationAttributes.OutputChecks, symbol) >= 0)
            TracingBuiltins.Warn(
                _call.Evaluator,
                $"In a derivation named '{_draft.Name}', 'structuredAttrs' disables the effect of the derivation attribute '{symbol}'; use 'outputChecks.<output>.{symbol}' instead"
            );
    }

    private static bool IsHashAttribute(Symbol symbol) =>
        symbol == DerivationAttributes.OutputHash
        || symbol == DerivationAttributes.OutputHashAlgorithm
        || symbol == DerivationAttributes.OutputHashMode;

    private readonly void ReadHash(Symbol symbol, ByteString text)
    {
        if (symbol == DerivationAttributes.OutputHash)
            _draft.OutputHash = text.ToString();
        else if (symbol == DerivationAttributes.OutputHashAlgorithm)
            _draft.SetHashKind(text);
        else if (symbol == DerivationAttributes.OutputHashMode)
            _draft.SetMethod(text);
    }

    private readonly List<ByteString> Names(ListValue list)
    {
        var names = new List<ByteString>();
        for (var index = 0; index < list.Length; index++)
            names.Add(Plain(list[index]));
        return names;
    }

    private readonly ByteString Plain(Value value) =>
        new(_call.ForceStringWithoutContext(value, "").Bytes);

    private static List<ByteString> Words(ByteString text)
    {
        var words = new List<ByteString>();
        foreach (var range in text.Span.SplitAny(" \t\n\r"u8))
        {
            if (text.Span[range] is { IsEmpty: false } word)
                words.Add(new ByteString(word));
        }

        return words;
    }

    private static ByteString Normalize(ByteString json)
    {
        try
        {
            return JsonNormalizer.Normalize(json.Span);
        }
        catch (JsonTextException failure)
        {
            throw EvaluationException.From(
                failure,
                $"cannot process {"__json"} attribute: {failure.Message}"
            );
        }
    }
}
