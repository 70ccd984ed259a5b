using Ferry.Formats;

namespace Ferry.Builtins.Json;

/// <summary>Reads JSON and prints it again: keys sorted, the last of equal keys kept, no white space.</summary>
/// <remarks>What stock does to an attribute <c>__json</c>, which it parses and dumps. Memory is O(text).</remarks>
internal sealed class JsonNormalizer : IJsonEvents
{
    private readonly Stack<Open> _open = new();
    private ByteString _result;

    private sealed class Open(bool isArray)
    {
        public bool IsArray => isArray;

        public List<ByteString> Elements { get; } = [];

        public SortedDictionary<ByteString, ByteString> Members { get; } = [];

        public ByteString Key { get; set; }
    }

    /// <exception cref="JsonTextException">The text is not JSON.</exception>
    public static ByteString Normalize(ReadOnlySpan<byte> text)
    {
        var normalizer = new JsonNormalizer();
        JsonReader.Read(text, normalizer);
        return normalizer._result;
    }

    public void Null() => Write(writer => writer.Null());

    public void Boolean(bool value) => Write(writer => writer.Boolean(value));

    public void Integer(long value) => Write(writer => writer.Integer(value));

    public void Unsigned(ulong value) => Write(writer => writer.Unsigned(value));

    public void Float(double value) => Write(writer => writer.Float(value));

    public void String(ReadOnlySpan<byte> text)
    {
        var writer = new JsonWriter();
        writer.String(text);
        Add(new ByteString(writer.Written));
    }

    public void BeginObject() => _open.Push(new Open(isArray: false));

    public void BeginArray() => _open.Push(new Open(isArray: true));

    public void Key(ReadOnlySpan<byte> name) => _open.Peek().Key = new ByteString(name);

    public void EndArray() => Close();

    public void EndObject() => Close();

    private void Close()
    {
        var open = _open.Pop();
        var writer = new JsonWriter();
        writer.Raw(open.IsArray ? "["u8 : "{"u8);
        var separator = ""u8;
        foreach (var element in open.Elements)
        {
            writer.Raw(separator);
            separator = ","u8;
            writer.Raw(element.Span);
        }

        foreach (var (key, value) in open.Members)
        {
            writer.Raw(separator);
            separator = ","u8;
            writer.String(key.Span);
            writer.Raw(":"u8);
            writer.Raw(value.Span);
        }

        writer.Raw(open.IsArray ? "]"u8 : "}"u8);
        Add(new ByteString(writer.Written));
    }

    private void Write(Action<JsonWriter> write)
    {
        var writer = new JsonWriter();
        write(writer);
        Add(new ByteString(writer.Written));
    }

    private void Add(ByteString text)
    {
        if (!_open.TryPeek(out var open))
            _result = text;
        else if (open.IsArray)
            open.Elements.Add(text);
        else
            open.Members[open.Key] = text;
    }
}
