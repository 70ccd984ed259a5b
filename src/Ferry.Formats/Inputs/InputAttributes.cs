using System.Collections;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using JsonWriter = Ferry.Formats.Json.JsonWriter;

namespace Ferry.Formats.Inputs;

/// <summary>What a fetcher is told, and what it answers: <c>{ type = "git"; url = …; }</c>. In lock files it is JSON.</summary>
/// <remarks>Immutable, sorted by name, equal by content.</remarks>
public sealed class InputAttributes
    : IReadOnlyCollection<KeyValuePair<string, InputAttribute>>,
        IEquatable<InputAttributes>
{
    private readonly ImmutableSortedDictionary<string, InputAttribute> _attributes;

    private InputAttributes(ImmutableSortedDictionary<string, InputAttribute> attributes) =>
        _attributes = attributes;

    public static InputAttributes Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, InputAttribute>(StringComparer.Ordinal));

    public int Count => _attributes.Count;

    /// <summary>Of two with one name the later counts.</summary>
    public static InputAttributes Of(
        params IEnumerable<(string Name, InputAttribute Value)> attributes
    )
    {
        var result = Empty._attributes.ToBuilder();
        foreach (var (name, value) in attributes)
            result[name] = value;
        return new(result.ToImmutable());
    }

    public static bool operator ==(InputAttributes? left, InputAttributes? right) =>
        Equals(left, right);

    public static bool operator !=(InputAttributes? left, InputAttributes? right) =>
        !Equals(left, right);

    /// <summary>Reads a JSON object.</summary>
    /// <exception cref="BadFormatException">It is none, or has a value of another type.</exception>
    public static InputAttributes FromJson(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new BadFormatException("an input in a lock file or registry must be an object");
        var result = Empty._attributes.ToBuilder();
        foreach (var member in json.EnumerateObject())
        {
            result[member.Name] = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString()!,
                JsonValueKind.Number when member.Value.TryGetUInt64(out var number) => number,
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw new BadFormatException("unsupported input attribute type in lock file"),
            };
        }

        return new(result.ToImmutable());
    }

    public InputAttributes With(string name, InputAttribute value) =>
        new(_attributes.SetItem(name, value));

    public InputAttributes Without(string name) => new(_attributes.Remove(name));

    public bool Contains(string name) => _attributes.ContainsKey(name);

    public bool TryGet(string name, out InputAttribute value) =>
        _attributes.TryGetValue(name, out value);

    /// <returns>Null when it is absent.</returns>
    /// <exception cref="BadFormatException">It is no string.</exception>
    public string? Text(string name) =>
        !_attributes.TryGetValue(name, out var value) ? null
        : value.Kind == InputAttributeKind.Text ? value.AsText
        : throw new BadFormatException($"input attribute '{name}' is not a string {ToJson()}");

    /// <exception cref="BadFormatException">It is absent or no string.</exception>
    public string RequireText(string name) =>
        Text(name) ?? throw new BadFormatException($"input attribute '{name}' is missing");

    /// <returns>Null when it is absent.</returns>
    /// <exception cref="BadFormatException">It is no number.</exception>
    public ulong? Number(string name) =>
        !_attributes.TryGetValue(name, out var value) ? null
        : value.Kind == InputAttributeKind.Number ? value.AsNumber
        : throw new BadFormatException($"input attribute '{name}' is not an integer");

    /// <summary>False when it is absent.</summary>
    /// <exception cref="BadFormatException">It is no Boolean.</exception>
    public bool Switch(string name) =>
        _attributes.TryGetValue(name, out var value)
        && (
            value.Kind == InputAttributeKind.Switch
                ? value.AsSwitch
                : throw new BadFormatException($"input attribute '{name}' is not a Boolean")
        );

    public void WriteJson(JsonWriter json)
    {
        json.StartObject();
        foreach (var (name, value) in _attributes)
        {
            json.Name(name);
            switch (value.Kind)
            {
                case InputAttributeKind.Text:
                    json.Value((ByteString)value.AsText);
                    break;
                case InputAttributeKind.Number:
                    json.Embed(Encoding.ASCII.GetBytes(value.ToString()));
                    break;
                default:
                    json.Value(value.AsSwitch);
                    break;
            }
        }

        json.EndObject();
    }

    /// <summary>Compact JSON, as messages show it.</summary>
    public string ToJson()
    {
        var json = new JsonWriter();
        WriteJson(json);
        return json.ToString();
    }

    public IEnumerator<KeyValuePair<string, InputAttribute>> GetEnumerator() =>
        _attributes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(InputAttributes? other) =>
        other is not null
        && (ReferenceEquals(this, other) || _attributes.SequenceEqual(other._attributes));

    public override bool Equals(object? obj) => Equals(obj as InputAttributes);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, value) in _attributes)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => ToJson();
}
