using System.Globalization;

namespace Ferry.Cli.Progress;

/// <summary>Numbers of bytes for people, in binary units as stock prints them.</summary>
internal static class ByteText
{
    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB"];

    public static string Of(long bytes)
    {
        double amount = bytes;
        var unit = 0;
        while (amount >= 1024 && unit < s_units.Length - 1)
        {
            amount /= 1024;
            unit++;
        }

        return unit == 0
            ? $"{bytes} B"
            : string.Create(CultureInfo.InvariantCulture, $"{amount:F1} {s_units[unit]}");
    }
}

/// <summary>Durations for people: <c>7s</c>, <c>3m12s</c>, <c>1h04m</c>.</summary>
internal static class DurationText
{
    public static string Of(TimeSpan duration) =>
        duration.TotalMinutes < 1 ? $"{(int)duration.TotalSeconds}s"
        : duration.TotalHours < 1 ? $"{(int)duration.TotalMinutes}m{duration.Seconds:00}s"
        : $"{(int)duration.TotalHours}h{duration.Minutes:00}m";
}
