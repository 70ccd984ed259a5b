namespace Ferry.Formats.Hashing;

/// <summary>The hash algorithms of Nix's formats. Stock's BLAKE3 is an experiment there and not known here.</summary>
public enum HashKind
{
    Md5,
    Sha1,
    Sha256,
    Sha512,
}

/// <summary>Names and sizes of <see cref="HashKind"/>.</summary>
public static class HashKinds
{
    /// <summary>The name in every format: <c>md5</c>, <c>sha1</c>, <c>sha256</c>, <c>sha512</c>.</summary>
    public static string Name(this HashKind kind) =>
        kind switch
        {
            HashKind.Md5 => "md5",
            HashKind.Sha1 => "sha1",
            HashKind.Sha256 => "sha256",
            _ => "sha512",
        };

    /// <summary>Bytes of a digest.</summary>
    public static int DigestLength(this HashKind kind) =>
        kind switch
        {
            HashKind.Md5 => 16,
            HashKind.Sha1 => 20,
            HashKind.Sha256 => 32,
            _ => 64,
        };

    /// <returns>Null when the name is no algorithm of ours.</returns>
    public static HashKind? TryParse(ReadOnlySpan<char> name) =>
        name switch
        {
            "md5" => HashKind.Md5,
            "sha1" => HashKind.Sha1,
            "sha256" => HashKind.Sha256,
            "sha512" => HashKind.Sha512,
            _ => null,
        };

    /// <exception cref="BadFormatException">The name is unknown, or blake3, which is not there yet.</exception>
    public static HashKind Parse(ReadOnlySpan<char> name) =>
        TryParse(name)
        ?? throw (
            name is "blake3"
                ? new BadFormatException(
                    "experimental Nix feature 'blake3-hashes' is disabled; add '--extra-experimental-features blake3-hashes' to enable it (this program has no blake3)"
                )
                : new UnknownHashNameException(
                    $"unknown hash algorithm '{name}', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'"
                )
        );
}
