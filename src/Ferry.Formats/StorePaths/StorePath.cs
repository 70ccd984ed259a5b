using System.Buffers;
using Ferry.Formats.Hashing;

namespace Ferry.Formats.StorePaths;

/// <summary>Identity of a store object: a 160-bit digest and a readable name.</summary>
/// <remarks>
/// Text form: 32 nix32 characters, a dash, then 1–211 name characters. It never includes
/// the store directory. Ordered as text. Source: Nix manual, "Complete Store Path Calculation".
/// </remarks>
public sealed class StorePath : IEquatable<StorePath>, IComparable<StorePath>
{
    public const int DigestTextLength = 32;
    public const int DigestLength = 20;
    public const string DerivationSuffix = ".drv";

    private static readonly SearchValues<char> s_digestCharacters = SearchValues.Create(
        Nix32.Alphabet
    );

    private readonly string _text;

    private StorePath(string text) => _text = text;

    /// <summary>The 32 nix32 characters.</summary>
    public string Digest => _text[..DigestTextLength];

    public string Name => _text[(DigestTextLength + 1)..];

    public bool IsDerivation =>
        _text.AsSpan(DigestTextLength + 1).EndsWith(DerivationSuffix, StringComparison.Ordinal);

    /// <summary>The name of the derivation at this path: <see cref="Name"/> without <c>.drv</c>.</summary>
    /// <exception cref="BadFormatException">This is no derivation's path.</exception>
    public string DerivationName =>
        IsDerivation
            ? _text[(DigestTextLength + 1)..^DerivationSuffix.Length]
            : throw new BadFormatException($"store path '{_text}' is not a valid derivation path");

    public static bool operator ==(StorePath? left, StorePath? right) => Equals(left, right);

    public static bool operator !=(StorePath? left, StorePath? right) => !Equals(left, right);

    public static bool operator <(StorePath left, StorePath right) => left.CompareTo(right) < 0;

    public static bool operator <=(StorePath left, StorePath right) => left.CompareTo(right) <= 0;

    public static bool operator >(StorePath left, StorePath right) => left.CompareTo(right) > 0;

    public static bool operator >=(StorePath left, StorePath right) => left.CompareTo(right) >= 0;

    /// <param name="digest">The 160 bits.</param>
    /// <param name="name">Checked by <see cref="StorePathName"/>.</param>
    /// <exception cref="BadFormatException">The name breaks a rule.</exception>
    public static StorePath Create(ReadOnlySpan<byte> digest, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, DigestLength);
        var text = $"{Nix32.Encode(digest)}-{name}";
        CheckName(text, name);
        return new StorePath(text);
    }

    /// <summary>Parses <c>DIGEST-NAME</c>.</summary>
    /// <exception cref="BadFormatException">The text is not a store path; the message says which rule failed.</exception>
    public static StorePath Parse(string text)
    {
        if (text.Length < DigestTextLength + 1)
            throw new BadFormatException($"'{text}' is too short to be a valid store path");
        foreach (var character in text.AsSpan(0, DigestTextLength))
        {
            if (!Nix32.IsCharacter(character))
                throw new BadFormatException(
                    $"store path '{text}' contains illegal base-32 character '{character}'"
                );
        }
        // Stock takes any character as the separator; no path that it can make has another than the dash.
        if (text[DigestTextLength] != '-')
            throw new BadFormatException(
                $"store path '{text}' must have a dash after {DigestTextLength} digest characters"
            );
        CheckName(text, text.AsSpan(DigestTextLength + 1));
        return new StorePath(text);
    }

    /// <returns>Null when the text is no store path.</returns>
    public static StorePath? TryParse(string text) =>
        text.Length > DigestTextLength + 1
        && text[DigestTextLength] == '-'
        && !text.AsSpan(0, DigestTextLength).ContainsAnyExcept(s_digestCharacters)
        && StorePathName.Check(text.AsSpan(DigestTextLength + 1)) is null
            ? new StorePath(text)
            : null;

    public bool Equals(StorePath? other) =>
        other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as StorePath);

    public int CompareTo(StorePath? other) => string.CompareOrdinal(_text, other?._text);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary><c>DIGEST-NAME</c>; <see cref="StoreDirectory.Format"/> gives the whole path.</summary>
    public override string ToString() => _text;

    private static void CheckName(string text, ReadOnlySpan<char> name)
    {
        if (StorePathName.Check(name) is { } broken)
            throw new BadFormatException($"path '{text}' is not a valid store path: {broken}");
    }
}
