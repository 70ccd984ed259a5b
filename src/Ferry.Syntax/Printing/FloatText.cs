using System.Globalization;

namespace Ferry.Syntax.Printing;

/// <summary>Writes floating-point numbers as C++ streams do: six significant digits, <c>%g</c>.</summary>
public static class FloatText
{
    private const int SignificantDigits = 6;

    public static string Format(double value)
    {
        if (double.IsNaN(value))
            return double.IsNegative(value) ? "-nan" : "nan";
        if (double.IsInfinity(value))
            return value < 0 ? "-inf" : "inf";

        // One digit, the point, five digits, "E", sign and at least three digits of exponent.
        var rounded = value.ToString("E5", CultureInfo.InvariantCulture);
        var separator = rounded.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(rounded.AsSpan(separator + 1), CultureInfo.InvariantCulture);
        if (exponent is < -4 or >= SignificantDigits)
        {
            var sign = exponent < 0 ? '-' : '+';
            return $"{WithoutTrailingZeros(rounded[..separator])}e{sign}{Math.Abs(exponent):00}";
        }

        var decimals = SignificantDigits - 1 - exponent;
        return WithoutTrailingZeros(value.ToString($"F{decimals}", CultureInfo.InvariantCulture));
    }

    private static string WithoutTrailingZeros(string number) =>
        number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;
}
