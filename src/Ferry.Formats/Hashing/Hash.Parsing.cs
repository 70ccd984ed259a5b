namespace Ferry.Formats.Hashing;

/// <remarks>
/// The rules and messages are those of stock Nix 2.34: the algorithm stands before ':' or '-', the latter meaning SRI;
/// without SRI the length of the rest decides between base 16, nix32 and base 64.
/// </remarks>
public sealed partial class Hash
{
    /// <summary>Parses any text form; <paramref name="kind"/> is needed when the text does not name it.</summary>
    /// <exception cref="BadFormatException">The text is no hash, or of another kind.</exception>
    public static Hash Parse(string text, HashKind? kind = null) => Parse(text, kind, out _);

    /// <summary>Parses any text form and says which it was.</summary>
    /// <exception cref="BadFormatException">The text is no hash, or of another kind.</exception>
    public static Hash Parse(string text, HashKind? kind, out HashFormat format)
    {
        var named = SplitKind(text, out var rest, out var isSri);
        if (named is null && kind is null)
            throw new BadFormatException(
                $"hash '{text}' does not include a type, nor is the type otherwise known from context"
            );
        if (named is not null && kind is not null && named != kind)
            throw new BadFormatException($"hash '{text}' should have type '{kind.Value.Name()}'");
        return ParseRest(rest, (named ?? kind)!.Value, isSri, out format);
    }

    /// <summary>Parses a text form that names its kind.</summary>
    /// <exception cref="BadFormatException">The text is no hash or does not name its kind.</exception>
    public static Hash ParsePrefixed(string text)
    {
        var named = SplitKind(text, out var rest, out var isSri);
        return named is { } kind
            ? ParseRest(rest, kind, isSri, out _)
            : throw new BadFormatException($"hash '{text}' does not include a type");
    }

    /// <summary>Parses a digest without its kind, in base 16, nix32 or base 64 by its length.</summary>
    /// <exception cref="BadFormatException">The text is no digest of this kind.</exception>
    public static Hash ParseUnprefixed(string text, HashKind kind) =>
        ParseExplicit(text, kind, FormatFromLength(text, kind));

    /// <summary>Parses a digest without its kind in a given text form (not SRI).</summary>
    /// <exception cref="BadFormatException">The text is no such digest.</exception>
    public static Hash ParseExplicit(string text, HashKind kind, HashFormat format) =>
        format switch
        {
            HashFormat.Base16 => Decoded(text, kind, "base16", TryDecodeBase16(text)),
            HashFormat.Nix32 => Decoded(text, kind, "nix32", Hashing.Nix32.TryDecode(text)),
            HashFormat.Base64 => Decoded(text, kind, "Base64", LenientBase64.TryDecode(text)),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };

    /// <exception cref="BadFormatException">The text is no SRI hash.</exception>
    public static Hash ParseSri(string text)
    {
        var dash = text.IndexOf('-');
        if (dash < 0)
            throw new BadFormatException($"hash '{text}' is not SRI");
        var kind = HashKinds.Parse(text.AsSpan(0, dash));
        var rest = text[(dash + 1)..];
        return Decoded(rest, kind, "SRI", LenientBase64.TryDecode(rest));
    }

    private static HashKind? SplitKind(string text, out string rest, out bool isSri)
    {
        isSri = false;
        var end = text.IndexOf(':');
        if (end < 0)
        {
            end = text.IndexOf('-');
            isSri = end >= 0;
        }
        rest = text[(end + 1)..];
        return end < 0 ? null : HashKinds.Parse(text.AsSpan(0, end));
    }

    private static Hash ParseRest(string rest, HashKind kind, bool isSri, out HashFormat format)
    {
        format = isSri ? HashFormat.Sri : FormatFromLength(rest, kind);
        return isSri
            ? Decoded(rest, kind, "SRI", LenientBase64.TryDecode(rest))
            : ParseExplicit(rest, kind, format);
    }

    private static HashFormat FormatFromLength(string text, HashKind kind)
    {
        var length = kind.DigestLength();
        if (text.Length == length * 2)
            return HashFormat.Base16;
        if (text.Length == Hashing.Nix32.EncodedLength(length))
            return HashFormat.Nix32;
        if (text.Length == LenientBase64.EncodedLength(length))
            return HashFormat.Base64;
        throw new BadFormatException(
            $"hash '{text}' has wrong length for hash algorithm '{kind.Name()}'"
        );
    }

    private static byte[]? TryDecodeBase16(string text)
    {
        var digest = new byte[text.Length / 2];
        return
            text.Length % 2 == 0
            && Convert.FromHexString(text, digest, out _, out _)
                == System.Buffers.OperationStatus.Done
            ? digest
            : null;
    }

    private static Hash Decoded(string text, HashKind kind, string form, byte[]? digest)
    {
        // Stock reports a wrong character as a digest of length 0; so do we, to print the same.
        var length = digest?.Length ?? 0;
        return length == kind.DigestLength()
            ? new Hash(kind, digest)
            : throw new BadFormatException(
                $"invalid {form} hash '{text}', length {length} != expected length {kind.DigestLength()}"
            );
    }
}
