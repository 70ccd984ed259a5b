using System.Text;
using System.Text.Json;
using Ferry.Formats;

namespace Ferry.Build.Attributes;

/// <summary>A JSON value of <c>__json</c>. Object members are in key order and numbers keep the text they came with.</summary>
/// <remarks>
/// The text of numbers is kept because <c>.attrs.json</c> must equal stock's to the byte, and the evaluator already
/// wrote them in the one form stock writes.
/// </remarks>
public abstract record AttributeValue
{
    // Stock's parser has no limit; its own evaluator makes none deeper than its stack.
    private const int DepthMax = 4096;

    /// <summary>The name JSON libraries give the type, for messages.</summary>
    public abstract string TypeName { get; }

    /// <exception cref="BuildException">The text is not JSON.</exception>
    public static AttributeValue Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(
                json,
                new JsonDocumentOptions { MaxDepth = DepthMax }
            );
            return From(document.RootElement);
        }
        catch (JsonException broken)
        {
            throw BuildException.General(
                $"cannot process __json attribute: {broken.Message}",
                broken
            );
        }
    }

    private static AttributeValue From(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => FromObject(element),
            JsonValueKind.Array => new ListAttribute([.. element.EnumerateArray().Select(From)]),
            JsonValueKind.String => new TextAttribute(element.GetString()!),
            JsonValueKind.Number => new NumberAttribute(element.GetRawText()),
            JsonValueKind.True => new BooleanAttribute(true),
            JsonValueKind.False => new BooleanAttribute(false),
            _ => NullAttribute.Instance,
        };

    private static ObjectAttribute FromObject(JsonElement element)
    {
        var members = ObjectAttribute.NewMembers();
        foreach (var property in element.EnumerateObject())
            members[property.Name] = From(property.Value);
        return new ObjectAttribute(members);
    }

    /// <summary>The text stock's JSON library writes: no spaces, keys in byte order.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        AttributeJson.Write(this, text);
        return text.ToString();
    }
}

public sealed record TextAttribute(string Text) : AttributeValue
{
    public override string TypeName => "string";

    public override string ToString() => base.ToString();
}

/// <param name="Source">The number as it is written, <c>1</c> or <c>2.5e-3</c>.</param>
public sealed record NumberAttribute(string Source) : AttributeValue
{
    public override string TypeName => "number";

    public override string ToString() => base.ToString();
}

public sealed record BooleanAttribute(bool IsTrue) : AttributeValue
{
    public override string TypeName => "boolean";

    public override string ToString() => base.ToString();
}

public sealed record NullAttribute : AttributeValue
{
    public static NullAttribute Instance { get; } = new();

    public override string TypeName => "null";

    public override string ToString() => base.ToString();
}

public sealed record ListAttribute(IReadOnlyList<AttributeValue> Elements) : AttributeValue
{
    public override string TypeName => "array";

    public override string ToString() => base.ToString();
}

/// <param name="Members">In byte order of the keys; made by <see cref="NewMembers"/>.</param>
public sealed record ObjectAttribute(SortedDictionary<string, AttributeValue> Members)
    : AttributeValue
{
    public override string TypeName => "object";

    public static SortedDictionary<string, AttributeValue> NewMembers() =>
        new(CodePointOrder.Instance);

    public override string ToString() => base.ToString();
}
