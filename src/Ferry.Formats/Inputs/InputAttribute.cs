using System.Globalization;

namespace Ferry.Formats.Inputs;

public enum InputAttributeKind : byte
{
    Text,
    Number,
    Switch,
}

/// <summary>One attribute of a fetcher's input: a string, a number from 0, or a Boolean.</summary>
public readonly record struct InputAttribute
{
    private readonly string? _text;
    private readonly ulong _number;

    private InputAttribute(InputAttributeKind kind, string? text, ulong number) =>
        (Kind, _text, _number) = (kind, text, number);

    public InputAttributeKind Kind { get; }

    public string AsText => _text ?? "";

    public ulong AsNumber => _number;

    public bool AsSwitch => _number != 0;

    public static implicit operator InputAttribute(string text) =>
        new(InputAttributeKind.Text, text, 0);

    public static implicit operator InputAttribute(ulong number) =>
        new(InputAttributeKind.Number, null, number);

    public static implicit operator InputAttribute(bool value) =>
        new(InputAttributeKind.Switch, null, value ? 1UL : 0);

    /// <summary>As it stands in a URL's query.</summary>
    public override string ToString() =>
        Kind switch
        {
            InputAttributeKind.Text => AsText,
            InputAttributeKind.Number => _number.ToString(CultureInfo.InvariantCulture),
            _ => AsSwitch ? "1" : "0",
        };
}
