namespace Ferry.Formats.Hashing;

/// <summary>Base 64 read as stock reads it: padding may be missing, line feeds are skipped, the first '=' ends it.</summary>
internal static class LenientBase64
{
    private const string Alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <returns>Characters for <paramref name="byteCount"/> bytes, padding included.</returns>
    public static int EncodedLength(int byteCount) => (4 * byteCount / 3 + 3) & ~3;

    /// <returns>Null when a character is not in the alphabet.</returns>
    public static byte[]? TryDecode(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length / 4 * 3 + 3);
        uint data = 0;
        var bits = 0;
        foreach (var character in text)
        {
            if (character == '=')
                break;
            if (character == '\n')
                continue;
            var digit = Alphabet.IndexOf(character);
            if (digit < 0)
                return null;
            data = data << 6 | (uint)digit;
            bits += 6;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(data >> bits));
            }
        }
        return [.. bytes];
    }
}
