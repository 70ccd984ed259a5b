namespace Ferry.Builtins.Json;

/// <summary>Finds the first byte that is not UTF-8, where stock's JSON library reports it.</summary>
internal static class Utf8Check
{
    /// <exception cref="JsonTextException">The text is not UTF-8.</exception>
    public static void Require(ReadOnlySpan<byte> text)
    {
        if (System.Text.Unicode.Utf8.IsValid(text))
            return;
        var index = 0;
        while (index < text.Length)
        {
            var length = SequenceLength(text[index]);
            if (length == 0)
                throw JsonTextException.BadUtf8(index, text[index]);
            for (var offset = 1; offset < length; offset++)
            {
                if (index + offset == text.Length)
                    throw JsonTextException.IncompleteUtf8(text[^1]);
                var isInRange = IsContinuation(text[index], offset, text[index + offset]);
                if (!isInRange)
                    throw JsonTextException.BadUtf8(index + offset, text[index + offset]);
            }

            index += length;
        }
    }

    /// <returns>1 to 4, or 0 for a byte that begins no sequence.</returns>
    public static int SequenceLength(byte first) =>
        first switch
        {
            < 0x80 => 1,
            < 0xC2 => 0,
            < 0xE0 => 2,
            < 0xF0 => 3,
            < 0xF5 => 4,
            _ => 0,
        };

    /// <summary>Whether <paramref name="value"/> may stand at <paramref name="offset"/> after <paramref name="first"/>.</summary>
    public static bool IsContinuation(byte first, int offset, byte value)
    {
        var (low, high) = (offset, first) switch
        {
            (1, 0xE0) => (0xA0, 0xBF),
            (1, 0xED) => (0x80, 0x9F),
            (1, 0xF0) => (0x90, 0xBF),
            (1, 0xF4) => (0x80, 0x8F),
            _ => (0x80, 0xBF),
        };
        return value >= low && value <= high;
    }
}
