using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ferry.Builtins.Toml;

/// <summary>Numbers, and what looks like them.</summary>
internal static class TomlNumbers
{
    private static readonly SearchValues<byte> s_wordEnds = SearchValues.Create(" \t\r\n,]}#"u8);

    public static TomlValue Read(TomlCursor cursor)
    {
        var word = Word(cursor);
        var value =
            word.Length == 0 ? null : TomlTimestamps.Read(cursor, word) ?? Number(cursor, word);
        if (value is null)
            throw cursor.Fail("expected a value");
        return value;
    }

    private static string Word(TomlCursor cursor)
    {
        var rest = cursor.Rest;
        var length = rest.IndexOfAny(s_wordEnds);
        return Encoding.ASCII.GetString(length < 0 ? rest : rest[..length]);
    }

    private static TomlValue? Number(TomlCursor cursor, string word)
    {
        TomlValue? value = word switch
        {
            "inf" or "+inf" => new TomlFloat(double.PositiveInfinity),
            "-inf" => new TomlFloat(double.NegativeInfinity),
            "nan" or "+nan" => new TomlFloat(double.NaN),
            "-nan" => new TomlFloat(-double.NaN),
            _ => null,
        };
        value ??= word switch
        {
            ['0', 'x', ..] => Radix(word[2..], 16, char.IsAsciiHexDigit),
            ['0', 'o', ..] => Radix(word[2..], 8, digit => digit is >= '0' and <= '7'),
            ['0', 'b', ..] => Radix(word[2..], 2, digit => digit is '0' or '1'),
            _ => Decimal(cursor, word),
        };
        if (value is not null)
            cursor.Position += word.Length;
        return value;
    }

    private static TomlInteger? Radix(string text, int radix, Func<char, bool> isDigit)
    {
        if (!HasGoodDigits(text, isDigit))
            return null;
        ulong value = 0;
        foreach (var digit in text)
        {
            if (digit == '_')
                continue;
            if (value > (long.MaxValue / (ulong)radix) + 1)
                return null;
            value = (value * (ulong)radix) + (ulong)Convert.ToInt32(digit.ToString(), 16);
        }

        return value > long.MaxValue ? null : new TomlInteger((long)value);
    }

    private static TomlValue? Decimal(TomlCursor cursor, string word)
    {
        var unsigned = word is ['+' or '-', ..] ? word[1..] : word;
        var exponentMark = unsigned.IndexOfAny(['e', 'E']);
        var mantissa = exponentMark < 0 ? unsigned : unsigned[..exponentMark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        if (!HasGoodDigits(whole, char.IsAsciiDigit) || whole is ['0', _, ..])
            return null;
        if (point >= 0 && !HasGoodDigits(mantissa[(point + 1)..], char.IsAsciiDigit))
            return null;
        if (exponentMark >= 0)
        {
            var exponent = unsigned[(exponentMark + 1)..];
            if (
                !HasGoodDigits(
                    exponent is ['+' or '-', ..] ? exponent[1..] : exponent,
                    char.IsAsciiDigit
                )
            )
                return null;
        }

        var plain = word.Replace("_", "", StringComparison.Ordinal);
        if (point < 0 && exponentMark < 0)
        {
            return long.TryParse(plain, CultureInfo.InvariantCulture, out var integer)
                ? new TomlInteger(integer)
                : throw cursor.FailAfter(
                    word.Length,
                    "toml::parse_dec_integer: too large integer: current max digits = 2^63",
                    "must be < 2^63"
                );
        }

        var number = double.Parse(plain, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? new TomlFloat(number) : null;
    }

    // Underscores separate digits and nothing else.
    private static bool HasGoodDigits(string text, Func<char, bool> isDigit)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var isSeparator =
                text[index] == '_'
                && index > 0
                && index + 1 < text.Length
                && isDigit(text[index - 1])
                && isDigit(text[index + 1]);
            if (!isSeparator && !isDigit(text[index]))
                return false;
        }

        return text.Length > 0;
    }
}
