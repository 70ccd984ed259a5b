using System.Buffers;
using System.Buffers.Text;
using Ferry.Builtins.Numbers;

namespace Ferry.Builtins.Json;

/// <summary>Compact JSON, byte for byte as stock Nix prints it.</summary>
/// <remarks>
/// The caller keeps brackets and commas in order. Source: nlohmann's serialiser with strict UTF-8 and no ASCII escaping.
/// </remarks>
public sealed class JsonWriter
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public ReadOnlySpan<byte> Written => _output.WrittenSpan;

    public void Raw(ReadOnlySpan<byte> text) => _output.Write(text);

    public void Null() => Raw("null"u8);

    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void Integer(long value)
    {
        Utf8Formatter.TryFormat(value, _output.GetSpan(20), out var length);
        _output.Advance(length);
    }

    public void Unsigned(ulong value)
    {
        Utf8Formatter.TryFormat(value, _output.GetSpan(20), out var length);
        _output.Advance(length);
    }

    /// <summary>Digits that read back exactly, always with a point or an exponent; null for what JSON cannot say.</summary>
    public void Float(double value)
    {
        if (!double.IsFinite(value))
        {
            Null();
            return;
        }

        if (double.IsNegative(value))
            Raw("-"u8);
        if (value == 0)
        {
            Raw("0.0"u8);
            return;
        }

        Span<byte> digits = stackalloc byte[20];
        var (length, exponent) = Grisu.Digits(Math.Abs(value), digits);
        WriteDecimal(digits[..length], exponent);
    }

    /// <exception cref="JsonTextException">The bytes are not UTF-8.</exception>
    public void String(ReadOnlySpan<byte> text)
    {
        Utf8Check.Require(text);
        Raw("\""u8);
        var start = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character >= ' ' && character is not ((byte)'"' or (byte)'\\'))
                continue;
            Raw(text[start..index]);
            start = index + 1;
            Escape(character);
        }

        Raw(text[start..]);
        Raw("\""u8);
    }

    private void Escape(byte character)
    {
        switch (character)
        {
            case (byte)'"':
                Raw("\\\""u8);
                break;
            case (byte)'\\':
                Raw("\\\\"u8);
                break;
            case (byte)'\b':
                Raw("\\b"u8);
                break;
            case (byte)'\t':
                Raw("\\t"u8);
                break;
            case (byte)'\n':
                Raw("\\n"u8);
                break;
            case (byte)'\f':
                Raw("\\f"u8);
                break;
            case (byte)'\r':
                Raw("\\r"u8);
                break;
            default:
                Raw("\\u00"u8);
                Utf8Formatter.TryFormat(
                    character,
                    _output.GetSpan(2),
                    out var length,
                    new StandardFormat('x', 2)
                );
                _output.Advance(length);
                break;
        }
    }

    // Plain notation for decimal exponents in (-4, 15], as nlohmann does.
    private void WriteDecimal(ReadOnlySpan<byte> digits, int exponent)
    {
        const int pointMin = -4;
        const int pointMax = 15;
        var point = digits.Length + exponent;
        if (digits.Length <= point && point <= pointMax)
        {
            Raw(digits);
            Zeros(point - digits.Length);
            Raw(".0"u8);
        }
        else if (0 < point && point <= pointMax)
        {
            Raw(digits[..point]);
            Raw("."u8);
            Raw(digits[point..]);
        }
        else if (pointMin < point && point <= 0)
        {
            Raw("0."u8);
            Zeros(-point);
            Raw(digits);
        }
        else
        {
            Raw(digits[..1]);
            if (digits.Length > 1)
            {
                Raw("."u8);
                Raw(digits[1..]);
            }

            WriteExponent(point - 1);
        }
    }

    private void WriteExponent(int exponent)
    {
        Raw(exponent < 0 ? "e-"u8 : "e+"u8);
        var magnitude = Math.Abs(exponent);
        if (magnitude < 10)
            Raw("0"u8);
        Integer(magnitude);
    }

    private void Zeros(int count)
    {
        for (; count > 0; count--)
            Raw("0"u8);
    }
}
