using System.Globalization;
using System.Text;

namespace Ferry.Build.Attributes;

/// <summary>Writes attributes as bash declarations: the file <c>.attrs.sh</c>.</summary>
/// <remarks>
/// Only what bash can hold is written: scalars, and lists and objects of scalars. Anything else, and a name that is no
/// variable name, is left out. Source: Nix manual, "Structured attributes", and the output of stock 2.34.8.
/// </remarks>
internal static class AttributeShell
{
    public static string Write(ObjectAttribute attributes)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in attributes.Members)
        {
            if (IsVariableName(name))
                WriteOne(name, value, text);
        }

        return text.ToString();
    }

    private static void WriteOne(string name, AttributeValue value, StringBuilder text)
    {
        if (Scalar(value) is { } scalar)
        {
            text.Append($"declare {name}={scalar}\n");
            return;
        }

        switch (value)
        {
            case ListAttribute list when list.Elements.All(IsScalar):
                var elements = string.Concat(
                    list.Elements.Select(element => $"{Scalar(element)} ")
                );
                text.Append($"declare -a {name}=({elements})\n");
                break;
            case ObjectAttribute pairs when pairs.Members.Values.All(IsScalar):
                var members = string.Concat(
                    pairs.Members.Select(pair => $"[{Quote(pair.Key)}]={Scalar(pair.Value)} ")
                );
                text.Append($"declare -A {name}=({members})\n");
                break;
        }
    }

    private static bool IsScalar(AttributeValue value) => Scalar(value) is not null;

    private static string? Scalar(AttributeValue value) =>
        value switch
        {
            TextAttribute text => Quote(text.Text),
            NumberAttribute number => WholeNumber(number.Source),
            NullAttribute => "''",
            BooleanAttribute boolean => boolean.IsTrue ? "1" : "",
            _ => null,
        };

    /// <returns>Null when the number has a fraction.</returns>
    private static string? WholeNumber(string source)
    {
        // Stock looks at a number as a 32-bit float and prints it as a 32-bit integer; both losses are part of the
        // format, since builders' scripts have always seen them.
        if (long.TryParse(source, NumberStyles.AllowLeadingSign, null, out var integer))
            return unchecked((int)integer).ToString(CultureInfo.InvariantCulture);

        var number = double.Parse(source, NumberStyles.Float, CultureInfo.InvariantCulture);
        var narrow = (float)number;
        if (MathF.Ceiling(narrow) != narrow)
            return null;
        // What the processor's conversion gives for a number that does not fit.
        var fits = number is > int.MinValue - 1.0 and < int.MaxValue + 1.0;
        return (fits ? (int)number : int.MinValue).ToString(CultureInfo.InvariantCulture);
    }

    private static string Quote(string text) =>
        $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsVariableName(string name) =>
        name.Length > 0
        && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
