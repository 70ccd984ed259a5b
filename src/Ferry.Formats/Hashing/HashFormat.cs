namespace Ferry.Formats.Hashing;

/// <summary>Text forms of a digest.</summary>
public enum HashFormat
{
    /// <summary>Lower-case hexadecimal.</summary>
    Base16,

    /// <summary>Nix's own base 32, see <see cref="Hashing.Nix32"/>.</summary>
    Nix32,

    /// <summary>RFC 4648 with padding.</summary>
    Base64,

    /// <summary><c>KIND-BASE64</c>, as in the W3C's Subresource Integrity.</summary>
    Sri,
}

/// <summary>Names of <see cref="HashFormat"/>.</summary>
public static class HashFormats
{
    public static string Name(this HashFormat format) =>
        format switch
        {
            HashFormat.Base16 => "base16",
            HashFormat.Nix32 => "nix32",
            HashFormat.Base64 => "base64",
            _ => "sri",
        };

    /// <returns>Null when the name is no format. <c>base32</c> is stock's deprecated name of nix32.</returns>
    public static HashFormat? TryParse(ReadOnlySpan<char> name) =>
        name switch
        {
            "base16" => HashFormat.Base16,
            "nix32" or "base32" => HashFormat.Nix32,
            "base64" => HashFormat.Base64,
            "sri" => HashFormat.Sri,
            _ => null,
        };

    /// <exception cref="BadFormatException">The name is no format.</exception>
    public static HashFormat Parse(ReadOnlySpan<char> name) =>
        TryParse(name)
        ?? throw new UnknownHashNameException(
            $"unknown hash format '{name}', expect 'base16', 'base32', 'base64', or 'sri'"
        );
}
