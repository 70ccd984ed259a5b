using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ferry.Formats.Json;

/// <summary>Writes JSON as stock prints it: compact or indented by two, with only the escapes that JSON demands.</summary>
/// <remarks>
/// Members appear in the order they are written; stock's maps are sorted by byte, so callers write sorted names. Unlike
/// <see cref="System.Text.Json.Utf8JsonWriter"/> it never escapes a character that need not be.
/// </remarks>
public sealed class JsonWriter(bool isIndented = false)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Stack<bool> _hasMembers = new();
    private bool _isAfterName;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void StartObject() => Open((byte)'{');

    public void EndObject() => Close((byte)'}');

    public void StartList() => Open((byte)'[');

    public void EndList() => Close((byte)']');

    /// <exception cref="BadFormatException">The name is not UTF-8.</exception>
    public void Name(ByteString name)
    {
        Separate();
        Escape(name.Span);
        _bytes.Write(isIndented ? ": "u8 : ":"u8);
        _isAfterName = true;
    }

    /// <exception cref="BadFormatException">The value is not UTF-8.</exception>
    public void Value(ByteString value)
    {
        Separate();
        Escape(value.Span);
    }

    public void Value(long value)
    {
        Separate();
        Raw(value.ToString(CultureInfo.InvariantCulture));
    }

    public void Value(bool value)
    {
        Separate();
        Raw(value ? "true" : "false");
    }

    public void Null()
    {
        Separate();
        Raw("null");
    }

    /// <summary>A value that is JSON already.</summary>
    public void Embed(ReadOnlySpan<byte> json)
    {
        Separate();
        _bytes.Write(json);
    }

    /// <summary>Null for an absent value.</summary>
    public void Member(string name, string? value)
    {
        Name(name);
        if (value is null)
            Null();
        else
            Value((ByteString)value);
    }

    public void Member(string name, long value)
    {
        Name(name);
        Value(value);
    }

    public override string ToString() => Encoding.UTF8.GetString(Written);

    private void Open(byte bracket)
    {
        Separate();
        _bytes.Write([bracket]);
        _hasMembers.Push(false);
    }

    private void Close(byte bracket)
    {
        if (_hasMembers.Pop())
            NewLine();
        _bytes.Write([bracket]);
    }

    private void Separate()
    {
        if (_isAfterName)
        {
            _isAfterName = false;
            return;
        }

        if (_hasMembers.Count == 0)
            return;
        if (_hasMembers.Pop())
            _bytes.Write(","u8);
        _hasMembers.Push(true);
        NewLine();
    }

    private void NewLine()
    {
        if (!isIndented)
            return;
        _bytes.Write("\n"u8);
        for (var level = 0; level < _hasMembers.Count; level++)
            _bytes.Write("  "u8);
    }

    private void Raw(string text) => _bytes.Write(Encoding.UTF8.GetBytes(text));

    private void Escape(ReadOnlySpan<byte> text)
    {
        if (!System.Text.Unicode.Utf8.IsValid(text))
            throw new BadFormatException(
                $"'{Encoding.UTF8.GetString(text)}' is not UTF-8, so it cannot be written as JSON"
            );

        _bytes.Write("\""u8);
        foreach (var character in text)
        {
            switch (character)
            {
                case (byte)'"':
                    _bytes.Write("\\\""u8);
                    break;
                case (byte)'\\':
                    _bytes.Write("\\\\"u8);
                    break;
                case (byte)'\b':
                    _bytes.Write("\\b"u8);
                    break;
                case (byte)'\f':
                    _bytes.Write("\\f"u8);
                    break;
                case (byte)'\n':
                    _bytes.Write("\\n"u8);
                    break;
                case (byte)'\r':
                    _bytes.Write("\\r"u8);
                    break;
                case (byte)'\t':
                    _bytes.Write("\\t"u8);
                    break;
                case < 0x20:
                    Raw($"\\u{character:x4}");
                    break;
                default:
                    _bytes.Write([character]);
                    break;
            }
        }

        _bytes.Write("\""u8);
    }
}
