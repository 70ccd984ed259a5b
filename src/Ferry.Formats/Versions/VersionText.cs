using System.Buffers.Text;

namespace Ferry.Formats.Versions;

/// <summary>Names and versions of packages, as <c>parseDrvName</c> and <c>compareVersions</c> see them.</summary>
/// <remarks>Source: Nix manual, <c>nix-env --upgrade</c>, "Versions".</remarks>
public static class VersionText
{
    /// <summary>Splits at the first dash that no letter follows; the version may be empty.</summary>
    /// <returns>The length of the name, and where the version begins.</returns>
    public static (int NameLength, int VersionStart) SplitName(ReadOnlySpan<byte> text)
    {
        for (var index = 0; index + 1 < text.Length; index++)
        {
            if (text[index] == '-' && !char.IsAsciiLetter((char)text[index + 1]))
                return (index, index + 1);
        }

        return (text.Length, text.Length);
    }

    /// <summary>Takes the next component off <paramref name="rest"/>; empty at the end.</summary>
    public static ReadOnlySpan<byte> NextComponent(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(".-"u8);
        if (rest.IsEmpty)
            return default;
        var isNumber = char.IsAsciiDigit((char)rest[0]);
        var length = 1;
        while (length < rest.Length && Continues(rest[length], isNumber))
            length++;
        var component = rest[..length];
        rest = rest[length..];
        return component;
    }

    /// <returns>-1, 0 or 1.</returns>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        while (!left.IsEmpty || !right.IsEmpty)
        {
            var leftComponent = NextComponent(ref left);
            var rightComponent = NextComponent(ref right);
            if (IsLess(leftComponent, rightComponent))
                return -1;
            if (IsLess(rightComponent, leftComponent))
                return 1;
        }

        return 0;
    }

    private static bool Continues(byte character, bool isNumber) =>
        char.IsAsciiDigit((char)character)
            ? isNumber
            : !isNumber && character is not ((byte)'.' or (byte)'-');

    private static bool IsLess(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var leftNumber = Number(left);
        var rightNumber = Number(right);
        if (leftNumber is { } leftValue && rightNumber is { } rightValue)
            return leftValue < rightValue;
        if (left.IsEmpty && rightNumber is not null)
            return true;
        var isLeftPre = left.SequenceEqual("pre"u8);
        var isRightPre = right.SequenceEqual("pre"u8);
        if (isLeftPre && !isRightPre)
            return true;
        if (isRightPre)
            return false;

        // "2.3a" is older than "2.3.1".
        if (rightNumber is not null)
            return true;
        return leftNumber is null && left.SequenceCompareTo(right) < 0;
    }

    // A number beyond 32 bits counts as text, as in stock.
    private static int? Number(ReadOnlySpan<byte> component) =>
        Utf8Parser.TryParse(component, out int value, out var used)
        && used == component.Length
        && char.IsAsciiDigit((char)component[0])
            ? value
            : null;
}
