using System.Globalization;

namespace Ferry.Cli.Progress;

/// <summary>Sizes as stock prints them: in KiB at least, with one digit after the point.</summary>
internal static class SizeText
{
    private static readonly string[] s_units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public static string Of(long bytes)
    {
        var amount = bytes / 1024.0;
        var unit = 0;
        while (Math.Abs(amount) >= 1024 && unit < s_units.Length - 1)
        {
            amount /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{amount:F1} {s_units[unit]}");
    }
}
