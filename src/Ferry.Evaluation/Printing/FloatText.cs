using System.Globalization;
using System.Text;

namespace Ferry.Evaluation.Printing;

/// <summary>Floats as C++ prints them.</summary>
public static class FloatText
{
    private const int GeneralDigits = 6;

    /// <summary>As a C++ stream does by default (<c>%g</c>): six significant digits, no trailing zeros.</summary>
    public static string General(double value)
    {
        if (NotFinite(value) is { } word)
            return word;
        if (value == 0)
            return double.IsNegative(value) ? "-0" : "0";

        // D.DDDDDE+NNN: rounding comes first, since it may change the exponent.
        var text = value.ToString("E5", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E');
        var exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign);
        if (exponent is < -4 or >= GeneralDigits)
        {
            var sign = exponent < 0 ? '-' : '+';
            return $"{WithoutZeros(text[..mark])}e{sign}{Math.Abs(exponent):00}";
        }
        var decimals = GeneralDigits - 1 - exponent;
        return WithoutZeros(value.ToString($"F{decimals}", CultureInfo.InvariantCulture));
    }

    /// <summary>As <c>std::to_string</c> (<c>%f</c>): six decimals.</summary>
    public static string Fixed(double value) =>
        NotFinite(value) ?? value.ToString("F6", CultureInfo.InvariantCulture);

    /// <summary>As stock's JSON library: shortest digits that read back, always marked as a float.</summary>
    public static string Json(double value)
    {
        if (!double.IsFinite(value))
            return "null";
        if (value == 0)
            return double.IsNegative(value) ? "-0.0" : "0.0";
        const int fixedMin = -4;
        const int fixedMax = 15;

        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var digits = Digits(shortest);
        var point = PointOf(shortest, digits);

        var result = new StringBuilder(value < 0 ? "-" : "");
        if (digits.Length <= point && point <= fixedMax)
            result.Append(digits.PadRight(point, '0')).Append(".0");
        else if (point is > 0 and <= fixedMax)
            result.Append(digits.AsSpan(0, point)).Append('.').Append(digits.AsSpan(point));
        else if (point is > fixedMin and <= 0)
            result.Append("0.").Append('0', -point).Append(digits);
        else
            AppendScientific(result, digits, point - 1);
        return result.ToString();
    }

    private static void AppendScientific(StringBuilder result, string digits, int exponent)
    {
        result.Append(digits[0]);
        if (digits.Length > 1)
            result.Append('.').Append(digits.AsSpan(1));
        result.Append('e').Append(exponent < 0 ? '-' : '+');
        result.Append(Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture));
    }

    // All significant digits, without leading or trailing zeros.
    private static string Digits(string shortest)
    {
        var mark = shortest.IndexOf('E');
        var mantissa = mark < 0 ? shortest : shortest[..mark];
        return mantissa.Replace(".", "", StringComparison.Ordinal).Trim('0');
    }

    // Where the point stands, counted from before the first significant digit.
    private static int PointOf(string shortest, string digits)
    {
        var mark = shortest.IndexOf('E');
        var mantissa = mark < 0 ? shortest : shortest[..mark];
        var exponent =
            mark < 0 ? 0 : int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign);
        var dot = mantissa.IndexOf('.');
        var whole = dot < 0 ? mantissa.Length : dot;
        var bare = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leadingZeros = bare.IndexOf(digits[0]);
        return whole - leadingZeros + exponent;
    }

    private static string WithoutZeros(string number) =>
        number.Contains('.') ? number.TrimEnd('0').TrimEnd('.') : number;

    private static string? NotFinite(double value)
    {
        if (double.IsNaN(value))
            return double.IsNegative(value) ? "-nan" : "nan";
        if (double.IsInfinity(value))
            return value < 0 ? "-inf" : "inf";
        return null;
    }
}
