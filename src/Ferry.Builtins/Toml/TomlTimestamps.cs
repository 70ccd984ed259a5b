using System.Globalization;
using System.Text;

namespace Ferry.Builtins.Toml;

/// <summary>Dates, times, and both together with or without an offset.</summary>
internal static class TomlTimestamps
{
    // Nobody writes a hundred digits of a second.
    private const int LengthMax = 128;

    private const int DateLength = 10;
    private const int TimeLength = 8;

    // Further digits of a fraction are read and dropped.
    private const int FractionDigitsMax = 9;

    /// <returns>Null when the text is something else.</returns>
    public static TomlTimestamp? Read(TomlCursor cursor, string word)
    {
        var rest = Encoding.ASCII.GetString(cursor.Rest[..Math.Min(cursor.Rest.Length, LengthMax)]);
        var text = new StringBuilder();
        var end = 0;
        if (Matches(rest, 0, "dddd-dd-dd"))
        {
            if (!IsDate(rest))
                throw cursor.Fail("a date that does not exist");
            text.Append(rest, 0, DateLength);
            end = DateLength;
            var hasTime =
                rest.Length > end + 1
                && rest[end] is 'T' or 't' or ' '
                && char.IsAsciiDigit(rest[end + 1]);
            if (!hasTime && word.Length > end)
                throw cursor.Fail("expected a time");
            if (hasTime)
            {
                text.Append('T');
                end = Time(cursor, rest, end + 1, text);
                end = Offset(cursor, rest, end, text);
            }
        }
        else if (Matches(rest, 0, "dd:dd"))
        {
            end = Time(cursor, rest, 0, text);
        }

        if (end == 0)
            return null;
        cursor.Position += end;
        return new TomlTimestamp(text.ToString());
    }

    private static bool IsDate(string text)
    {
        var (year, month, day) = (Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2));
        // The calendar of .NET begins with year 1; 400 is as long as year 0.
        return month is >= 1 and <= 12
            && day >= 1
            && day <= DateTime.DaysInMonth(year == 0 ? 400 : year, month);
    }

    /// <returns>Where the time ends.</returns>
    private static int Time(TomlCursor cursor, string text, int start, StringBuilder result)
    {
        if (!Matches(text, start, "dd:dd:dd"))
            throw cursor.Fail("expected a time");
        if (
            Number(text, start, 2) > 23
            || Number(text, start + 3, 2) > 59
            || Number(text, start + 6, 2) > 60
        )
            throw cursor.Fail("a time that does not exist");
        result.Append(text, start, TimeLength);
        var end = start + TimeLength;
        if (!Matches(text, end, ".d"))
            return end;

        var fraction = ++end;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        var digits = text[fraction..Math.Min(end, fraction + FractionDigitsMax)].TrimEnd('0');
        if (digits.Length > 0)
            result.Append('.').Append(digits.PadRight((digits.Length + 2) / 3 * 3, '0'));
        return end;
    }

    private static int Offset(TomlCursor cursor, string text, int start, StringBuilder result)
    {
        if (start < text.Length && text[start] is 'Z' or 'z')
        {
            result.Append('Z');
            return start + 1;
        }

        if (start >= text.Length || text[start] is not ('+' or '-'))
            return start;
        if (!Matches(text, start + 1, "dd:dd"))
            throw cursor.Fail("expected an offset");
        if (Number(text, start + 1, 2) > 24 || Number(text, start + 4, 2) > 60)
            throw cursor.Fail("an offset that does not exist");
        var offset = text.Substring(start, 6);
        result.Append(offset[1..] == "00:00" ? "Z" : offset);
        return start + offset.Length;
    }

    private static int Number(string text, int start, int length) =>
        int.Parse(text.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool Matches(string text, int start, string pattern)
    {
        if (text.Length < start + pattern.Length)
            return false;
        for (var index = 0; index < pattern.Length; index++)
        {
            var character = text[start + index];
            if (pattern[index] == 'd' ? !char.IsAsciiDigit(character) : character != pattern[index])
                return false;
        }

        return true;
    }
}
