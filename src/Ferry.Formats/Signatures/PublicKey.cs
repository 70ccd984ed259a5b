using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Ferry.Formats.Signatures;

/// <summary>A key that verifies signatures: <c>trusted-public-keys</c>.</summary>
public sealed class PublicKey
{
    private readonly byte[] _bytes;

    internal PublicKey(string name, byte[] bytes) => (Name, _bytes) = (name, bytes);

    public string Name { get; }

    /// <summary>Parses <c>NAME:BASE64</c> of 32 bytes.</summary>
    /// <exception cref="BadFormatException">The text is no public key.</exception>
    public static PublicKey Parse(string text)
    {
        var (name, bytes) = NamedBytes.Parse(text, "key");
        return bytes.Length == Ed25519.PublicKeySize
            ? new PublicKey(name, bytes)
            : throw new BadFormatException("public key is not valid");
    }

    /// <returns>False when the signature is of another key or of other data.</returns>
    /// <exception cref="BadFormatException">The signature has not 64 bytes.</exception>
    public bool Verifies(ReadOnlySpan<byte> data, Signature signature)
    {
        if (signature.KeyName != Name)
            return false;
        if (signature.Bytes.Length != Signature.Length)
            throw new BadFormatException("signature is not valid");
        var message = data.ToArray();
        return Ed25519.Verify(signature.Bytes.ToArray(), 0, _bytes, 0, message, 0, message.Length);
    }

    public override string ToString() => NamedBytes.Format(Name, _bytes);
}
