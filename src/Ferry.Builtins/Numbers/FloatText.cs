using System.Globalization;

namespace Ferry.Builtins.Numbers;

/// <summary>Floating-point numbers as C and C++ print them.</summary>
public static class FloatText
{
    private const int SignificantDigits = 6;

    /// <summary>As a C++ stream with default settings, or <c>%g</c>: six significant digits, <c>1e+06</c>.</summary>
    public static string General(double value)
    {
        if (!double.IsFinite(value))
            return NotFinite(value);

        // Ties go to even on the exact binary value; .NET's "E" format has been exact since .NET Core 3.0.
        var scientific = value.ToString("E5", CultureInfo.InvariantCulture);
        var mark = scientific.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(scientific.AsSpan(mark + 1), CultureInfo.InvariantCulture);
        if (exponent is < -4 or >= SignificantDigits)
        {
            var sign = exponent < 0 ? '-' : '+';
            return $"{TrimFraction(scientific[..mark])}e{sign}{Math.Abs(exponent):00}";
        }

        var places = SignificantDigits - 1 - exponent;
        return TrimFraction(value.ToString($"F{places}", CultureInfo.InvariantCulture));
    }

    /// <summary>As <c>%f</c>: six digits after the point, every digit before it.</summary>
    public static string Fixed(double value) =>
        double.IsFinite(value)
            ? value.ToString("F6", CultureInfo.InvariantCulture)
            : NotFinite(value);

    private static string NotFinite(double value) =>
        (double.IsNegative(value) ? "-" : "") + (double.IsNaN(value) ? "nan" : "inf");

    private static string TrimFraction(string text) =>
        text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
}
