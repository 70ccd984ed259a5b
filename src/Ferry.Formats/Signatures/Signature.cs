namespace Ferry.Formats.Signatures;

/// <summary>An Ed25519 signature and the name of the key that made it.</summary>
/// <remarks>The name only says which public key to try; a signature is worth nothing until that key has verified it.</remarks>
public sealed class Signature
{
    public const int Length = 64;

    private readonly byte[] _bytes;

    internal Signature(string keyName, byte[] bytes) => (KeyName, _bytes) = (keyName, bytes);

    public string KeyName { get; }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Parses <c>NAME:BASE64</c>.</summary>
    /// <exception cref="BadFormatException">The text is of another form. The length is looked at when verifying.</exception>
    public static Signature Parse(string text)
    {
        var (name, bytes) = NamedBytes.Parse(text, "signature");
        return new Signature(name, bytes);
    }

    public override string ToString() => NamedBytes.Format(KeyName, _bytes);
}
