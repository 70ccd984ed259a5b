using System.Text;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Builtins.Json;

/// <summary>Makes values of the language from JSON. Owner: one call of <see cref="Read"/>.</summary>
internal sealed class JsonValueReader : IJsonEvents
{
    private readonly Stack<Open> _open = new();
    private Value _result;

    private sealed class Open(bool isArray)
    {
        public bool IsArray => isArray;

        public List<Value> Elements { get; } = [];

        // The last of equal names wins, as in stock.
        public Dictionary<Symbol, Value> Members { get; } = [];

        public Symbol? Key { get; set; }
    }

    /// <exception cref="JsonTextException">The text is not JSON.</exception>
    public static Value Read(ReadOnlySpan<byte> text)
    {
        var reader = new JsonValueReader();
        JsonReader.Read(text, reader);
        return reader._result;
    }

    public void Null() => Add(Value.Null);

    public void Boolean(bool value) => Add(Value.Of(value));

    public void Integer(long value) => Add(Value.Of(value));

    public void Unsigned(ulong value) =>
        throw EvaluationException.Failed(
            $"unsigned json number {value} outside of Nix integer range"
        );

    public void Float(double value) => Add(Value.Of(value));

    public void String(ReadOnlySpan<byte> text) => Add(Value.Of(NullBytes.Refuse(text)));

    public void BeginObject() => _open.Push(new Open(isArray: false));

    public void Key(ReadOnlySpan<byte> name) =>
        _open.Peek().Key = Symbols.Of(NullBytes.Refuse(name));

    public void EndObject()
    {
        var open = _open.Pop();
        var set = new AttributeSetBuilder(open.Members.Count);
        foreach (var (name, value) in open.Members)
            set.Add(name, value);
        Add(set.ToValue());
    }

    public void BeginArray() => _open.Push(new Open(isArray: true));

    public void EndArray() => Add(ListValue.Of(_open.Pop().Elements.ToArray()).ToValue());

    private void Add(Value value)
    {
        if (!_open.TryPeek(out var open))
            _result = value;
        else if (open.IsArray)
            open.Elements.Add(value);
        else
            open.Members[open.Key!] = value;
    }
}

/// <summary>Strings of the language hold any byte but this one.</summary>
internal static class NullBytes
{
    /// <param name="text">To become a string or a name.</param>
    /// <param name="prefix">What stock puts before the message.</param>
    /// <exception cref="EvaluationException">There is a null byte in the text.</exception>
    public static ReadOnlySpan<byte> Refuse(ReadOnlySpan<byte> text, string prefix = "")
    {
        if (!text.Contains((byte)0))
            return text;
        var shown = Encoding.UTF8.GetString(text).Replace('\0', '␀');
        var hint = new Hint(0, 0);
        hint.AppendLiteral($"{prefix}input string '");
        hint.AppendFormatted(shown);
        hint.AppendLiteral("' cannot be represented as Nix string because it contains null bytes");
        throw EvaluationException.Failed(hint);
    }
}
