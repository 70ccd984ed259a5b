using Ferry.Formats;

namespace Ferry.Build.Attributes;

/// <summary>Reads options of a derivation from its environment, or from its structured attributes where it has them.</summary>
/// <remarks>With structured attributes the environment says nothing: every option comes from the JSON.</remarks>
public sealed class AttributeReader
{
    private static readonly char[] s_separators = [' ', '\t', '\n', '\r'];

    private readonly SortedMap<ByteString, ByteString> _environment;

    /// <exception cref="BuildException"><c>__json</c> is not a JSON object.</exception>
    public AttributeReader(SortedMap<ByteString, ByteString> environment)
    {
        _environment = environment;
        if (!environment.TryGetValue(StructuredAttributes.VariableName, out var json))
            return;
        Structured =
            AttributeValue.Parse(json.Memory) as ObjectAttribute
            ?? throw BuildException.General("cannot process __json attribute: it is not an object");
    }

    /// <summary>Null when the derivation has no structured attributes.</summary>
    public ObjectAttribute? Structured { get; }

    public bool Boolean(string name, bool whenAbsent = false)
    {
        if (Structured is null)
            return _environment.TryGetValue(name, out var text) ? text == "1" : whenAbsent;
        return Structured.Members.TryGetValue(name, out var value)
            ? AsBoolean(value, name)
            : whenAbsent;
    }

    /// <returns>Null when the attribute is absent.</returns>
    public IReadOnlySet<string>? TextSet(string name)
    {
        if (Structured is null)
        {
            return _environment.TryGetValue(name, out var text)
                ? Tokens(text.ToString()).ToHashSet()
                : null;
        }

        return Structured.Members.TryGetValue(name, out var value)
            ? AsTexts(value, name).ToHashSet()
            : null;
    }

    /// <summary>The words of a plain attribute; empty with structured attributes.</summary>
    public IReadOnlyList<string> PlainWords(string name) =>
        Structured is null && _environment.TryGetValue(name, out var text)
            ? Tokens(text.ToString())
            : [];

    public AttributeValue? Member(string name) =>
        Structured is not null && Structured.Members.TryGetValue(name, out var value)
            ? value
            : null;

    public static IReadOnlyList<string> Tokens(string text) =>
        text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries);

    public static bool AsBoolean(AttributeValue value, string name) =>
        value is BooleanAttribute boolean
            ? boolean.IsTrue
            : throw WrongType("boolean", value, $"attribute \"{name}\"");

    public static IEnumerable<string> AsTexts(AttributeValue value, string name)
    {
        if (value is not ListAttribute list)
            throw WrongType("array", value, $"attribute \"{name}\"");
        foreach (var element in list.Elements)
        {
            yield return element is TextAttribute text
                ? text.Text
                : throw WrongType("string", element, $"attribute \"{name}\"");
        }
    }

    public static ObjectAttribute AsObject(AttributeValue value, string name) =>
        value as ObjectAttribute ?? throw WrongType("object", value, $"attribute \"{name}\"");

    internal static BuildException WrongType(string expected, AttributeValue value, string place) =>
        BuildException.General(
            $"while parsing {place}: Expected JSON value to be of type '{expected}' "
                + $"but it is of type '{value.TypeName}': {value}"
        );
}
