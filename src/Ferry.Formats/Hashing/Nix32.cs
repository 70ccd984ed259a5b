namespace Ferry.Formats.Hashing;

/// <summary>The base-32 text form Nix uses for digests: digits and lower-case letters without e, o, t, u.</summary>
/// <remarks>Unlike RFC 4648, the last 5-bit group is written first and nothing is padded.</remarks>
public static class Nix32
{
    public const string Alphabet = "0123456789abcdfghijklmnpqrsvwxyz";

    private const int BitsPerCharacter = 5;

    /// <returns>Characters needed for <paramref name="byteCount"/> bytes: ⌈8n / 5⌉.</returns>
    public static int EncodedLength(int byteCount) =>
        (byteCount * 8 + BitsPerCharacter - 1) / BitsPerCharacter;

    public static string Encode(ReadOnlySpan<byte> digest) =>
        string.Create(
            EncodedLength(digest.Length),
            digest,
            static (text, bytes) => Encode(bytes, text)
        );

    /// <param name="digest">n bytes.</param>
    /// <param name="text">Exactly <see cref="EncodedLength"/>(n) characters; all are written.</param>
    public static void Encode(ReadOnlySpan<byte> digest, Span<char> text)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(text.Length, EncodedLength(digest.Length));

        for (var group = 0; group < text.Length; group++)
        {
            var (index, shift) = int.DivRem(group * BitsPerCharacter, 8);
            var window = digest[index] >> shift;

            // A group that starts above bit 3 borrows its high bits from the next byte.
            if (shift > 8 - BitsPerCharacter && index + 1 < digest.Length)
                window |= digest[index + 1] << (8 - shift);

            text[^(group + 1)] = Alphabet[window & 0b1_1111];
        }
    }

    public static bool IsCharacter(char character) => Alphabet.Contains(character);

    /// <summary>Decodes text of any length; bits beyond the last whole byte make one byte more unless they are zero.</summary>
    /// <remarks>That odd rule is stock's: a digest whose first character is too large decodes to one byte too many.</remarks>
    /// <returns>Null when a character is not in the alphabet.</returns>
    public static byte[]? TryDecode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length * BitsPerCharacter / 8 + 2];
        var length = 0;
        for (var group = 0; group < text.Length; group++)
        {
            var digit = Alphabet.IndexOf(text[^(group + 1)]);
            if (digit < 0)
                return null;

            var (index, shift) = int.DivRem(group * BitsPerCharacter, 8);
            bytes[index] |= (byte)(digit << shift);
            length = index + 1;
            if (digit >> (8 - shift) is > 0 and var high)
            {
                bytes[index + 1] |= (byte)high;
                length = index + 2;
            }
        }
        return bytes[..length];
    }
}
