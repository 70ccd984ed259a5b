using Ferry.Builtins.Json;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins.Toml;

/// <summary>Makes values of the language from TOML.</summary>
public static class TomlValues
{
    private const string NullBytePrefix = "while parsing TOML: error: ";

    /// <param name="value">Of the document.</param>
    /// <param name="allowsTimestamps">Dates and times become sets that say so; else they are refused.</param>
    /// <exception cref="EvaluationException">There is a null byte in a string, or a refused date or time.</exception>
    public static Value ToValue(TomlValue value, bool allowsTimestamps)
    {
        switch (value)
        {
            case TomlString text:
                return Value.Of(NullBytes.Refuse(text.Text.Span, NullBytePrefix));
            case TomlInteger number:
                return Value.Of(number.Value);
            case TomlFloat number:
                return Value.Of(number.Value);
            case TomlBoolean boolean:
                return Value.Of(boolean.Value);
            case TomlArray array:
                var list = ListValue.Create(array.Elements.Count);
                for (var index = 0; index < array.Elements.Count; index++)
                    list.Set(index, ToValue(array.Elements[index], allowsTimestamps));
                return list.ToValue();
            case TomlTable table:
                var set = new AttributeSetBuilder(table.Members.Count);
                foreach (var (name, member) in table.Members)
                    set.Add(
                        Symbols.Of(NullBytes.Refuse(name.Span, NullBytePrefix)),
                        ToValue(member, allowsTimestamps)
                    );
                return set.ToValue();
            case TomlTimestamp timestamp when allowsTimestamps:
                return new AttributeSetBuilder(2)
                    .Add(Symbols.Of("_type"u8), Value.Of("timestamp"u8))
                    .Add(KnownNames.Value, Value.Of(timestamp.Text))
                    .ToValue();
            default:
                throw EvaluationException.Failed(
                    $"while parsing TOML: {"Dates and times are not supported"}"
                );
        }
    }
}
