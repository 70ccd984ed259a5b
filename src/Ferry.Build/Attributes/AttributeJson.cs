using System.Globalization;
using System.Text;

namespace Ferry.Build.Attributes;

/// <summary>Writes JSON as stock's library does: only what JSON demands is escaped, in lower-case hexadecimal.</summary>
internal static class AttributeJson
{
    public static void Write(AttributeValue value, StringBuilder text)
    {
        switch (value)
        {
            case TextAttribute scalar:
                WriteText(scalar.Text, text);
                break;
            case NumberAttribute number:
                text.Append(number.Source);
                break;
            case BooleanAttribute boolean:
                text.Append(boolean.IsTrue ? "true" : "false");
                break;
            case ListAttribute list:
                WriteList(list, text);
                break;
            case ObjectAttribute members:
                WriteObject(members, text);
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void WriteList(ListAttribute list, StringBuilder text)
    {
        text.Append('[');
        for (var index = 0; index < list.Elements.Count; index++)
        {
            if (index > 0)
                text.Append(',');
            Write(list.Elements[index], text);
        }

        text.Append(']');
    }

    private static void WriteObject(ObjectAttribute value, StringBuilder text)
    {
        text.Append('{');
        var isFirst = true;
        foreach (var (key, member) in value.Members)
        {
            if (!isFirst)
                text.Append(',');
            isFirst = false;
            WriteText(key, text);
            text.Append(':');
            Write(member, text);
        }

        text.Append('}');
    }

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var character in value)
        {
            var escape = character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => null,
            };
            if (escape is null)
                text.Append(character);
            else
                text.Append(escape);
        }

        text.Append('"');
    }
}
