namespace Ferry.Debian.Indexes;

/// <summary>A version of a Debian package: <c>[epoch:]upstream[-revision]</c>, ordered as dpkg orders it.</summary>
/// <remarks>Source: Debian Policy 5.6.12; deb-version(7).</remarks>
public sealed class DebianVersion
{
    private DebianVersion(string text, string epoch, string upstream, string revision) =>
        (Text, Epoch, Upstream, Revision) = (text, epoch, upstream, revision);

    public string Text { get; }

    private string Epoch { get; }

    private string Upstream { get; }

    private string Revision { get; }

    /// <summary>Takes any text: what makes no sense still has a place in the order.</summary>
    public static DebianVersion Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var epoch = colon < 0 ? "0" : text[..colon];
        var rest = text[(colon + 1)..];
        var dash = rest.LastIndexOf('-');
        return dash < 0
            ? new(text, epoch, rest, "")
            : new(text, epoch, rest[..dash], rest[(dash + 1)..]);
    }

    /// <returns>Negative when this is the older one, 0 when dpkg sees no difference.</returns>
    public int CompareWith(DebianVersion other)
    {
        var order = ComparePart(Epoch, other.Epoch);
        if (order == 0)
            order = ComparePart(Upstream, other.Upstream);
        return order == 0 ? ComparePart(Revision, other.Revision) : order;
    }

    public override string ToString() => Text;

    // Alternates between a stretch without digits, compared character by character, and a number.
    private static int ComparePart(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty || !right.IsEmpty)
        {
            while (StartsWithText(left) || StartsWithText(right))
            {
                var order = Weight(left) - Weight(right);
                if (order != 0)
                    return order;
                left = left[1..];
                right = right[1..];
            }

            var leftNumber = TakeNumber(ref left);
            var rightNumber = TakeNumber(ref right);
            if (leftNumber.Length != rightNumber.Length)
                return leftNumber.Length - rightNumber.Length;
            var digits = leftNumber.SequenceCompareTo(rightNumber);
            if (digits != 0)
                return digits;
        }

        return 0;
    }

    private static bool StartsWithText(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !char.IsAsciiDigit(text[0]);

    // The tilde sorts before the end, the end before letters, letters before all other characters.
    private static int Weight(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || char.IsAsciiDigit(text[0]))
            return 0;
        if (text[0] == '~')
            return -1;
        return char.IsAsciiLetter(text[0]) ? text[0] : text[0] + 256;
    }

    // Without leading zeroes, so that lengths compare first.
    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
            length++;
        var number = text[..length].TrimStart('0');
        text = text[length..];
        return number;
    }
}
