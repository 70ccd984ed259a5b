using Ferry.Formats;

namespace Ferry.Builtins.Toml;

/// <summary>A value of a TOML 1.0 document.</summary>
public abstract class TomlValue;

public sealed class TomlString(ByteString text) : TomlValue
{
    public ByteString Text => text;
}

public sealed class TomlInteger(long value) : TomlValue
{
    public long Value => value;
}

public sealed class TomlFloat(double value) : TomlValue
{
    public double Value => value;
}

public sealed class TomlBoolean(bool value) : TomlValue
{
    public bool Value => value;
}

/// <summary>A date, a time or both, which Nix has no value for.</summary>
/// <param name="text">As stock prints it: fractions of a second in three, six or nine digits, <c>T</c> and <c>Z</c> in capitals.</param>
public sealed class TomlTimestamp(string text) : TomlValue
{
    public string Text => text;
}

public sealed class TomlArray : TomlValue
{
    public List<TomlValue> Elements { get; } = [];

    /// <summary>True for <c>[[name]]</c>, the only kind that later text may add to.</summary>
    internal bool IsOfTables { get; init; }
}

/// <summary>A table. How it came to be decides what later text may do to it.</summary>
public sealed class TomlTable : TomlValue
{
    public Dictionary<ByteString, TomlValue> Members { get; } = [];

    internal TomlTableOrigin Origin { get; set; }
}

internal enum TomlTableOrigin
{
    /// <summary>Named on the way to another one, as <c>a</c> in <c>[a.b]</c>; a header may still define it.</summary>
    Implied,

    /// <summary>Has its own header.</summary>
    Header,

    /// <summary>Made by a dotted key; only more dotted keys of the same section may add to it.</summary>
    DottedKey,

    /// <summary>Written in braces, and complete.</summary>
    Inline,
}

/// <summary>Text that is not TOML 1.0.</summary>
public sealed class TomlTextException : Exception
{
    private TomlTextException(string message)
        : base(message) { }

    internal static TomlTextException Of(string message) => new(message);

    internal static TomlTextException At(int line, int column, string problem) =>
        new($"{problem} at line {line}, column {column}");
}
