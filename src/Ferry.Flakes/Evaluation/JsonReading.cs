using System.Text.Json;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Flakes.Evaluation;

/// <summary>A lock file's text as a value.</summary>
internal static class JsonReading
{
    public static Value Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Read(document.RootElement);
    }

    private static Value Read(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var set = new AttributeSetBuilder();
                foreach (var member in json.EnumerateObject())
                    set.Add(member.Name, Read(member.Value));
                return set.ToValue();
            case JsonValueKind.Array:
                return ListValue
                    .Of([.. json.EnumerateArray().Select(element => Read(element))])
                    .ToValue();
            case JsonValueKind.String:
                return Value.Of(json.GetString()!);
            case JsonValueKind.Number:
                return Value.Of(json.GetInt64());
            case JsonValueKind.True:
                return Value.True;
            case JsonValueKind.False:
                return Value.False;
            default:
                return Value.Null;
        }
    }
}
