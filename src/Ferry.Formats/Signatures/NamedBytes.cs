using Ferry.Formats.Hashing;

namespace Ferry.Formats.Signatures;

/// <summary>The text form that keys and signatures share: <c>NAME:BASE64</c>.</summary>
internal static class NamedBytes
{
    /// <exception cref="BadFormatException">No name, no colon, no bytes, or no base 64.</exception>
    public static (string Name, byte[] Bytes) Parse(string text, string kind)
    {
        var colon = text.IndexOf(':');
        var bytes = colon > 0 ? LenientBase64.TryDecode(text.AsSpan(colon + 1)) : null;
        return bytes is { Length: > 0 }
            ? (text[..colon], bytes)
            : throw new BadFormatException($"{kind} is corrupt");
    }

    public static string Format(string name, ReadOnlySpan<byte> bytes) =>
        $"{name}:{Convert.ToBase64String(bytes)}";
}
