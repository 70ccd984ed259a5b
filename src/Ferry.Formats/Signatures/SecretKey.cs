using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Ferry.Formats.Signatures;

/// <summary>A key that signs. Its text form is a secret: it is never in a message.</summary>
/// <remarks>64 bytes as libsodium has them: the seed of RFC 8032, then the public key.</remarks>
public sealed class SecretKey
{
    private const int Length = 64;

    private readonly byte[] _bytes;

    private SecretKey(string name, byte[] bytes) => (Name, _bytes) = (name, bytes);

    public string Name { get; }

    public PublicKey PublicKey => new(Name, _bytes[Ed25519.SecretKeySize..]);

    /// <summary>Parses <c>NAME:BASE64</c> of 64 bytes.</summary>
    /// <exception cref="BadFormatException">The text is no secret key.</exception>
    public static SecretKey Parse(string text)
    {
        var (name, bytes) = NamedBytes.Parse(text, "key");
        return bytes.Length == Length
            ? new SecretKey(name, bytes)
            : throw new BadFormatException("secret key is not valid");
    }

    /// <summary>Makes a new key from the system's randomness.</summary>
    public static SecretKey Generate(string name)
    {
        var bytes = new byte[Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, Ed25519.SecretKeySize));
        Ed25519.GeneratePublicKey(bytes, 0, bytes, Ed25519.SecretKeySize);
        return new SecretKey(name, bytes);
    }

    public Signature Sign(ReadOnlySpan<byte> data)
    {
        var message = data.ToArray();
        var signature = new byte[Signature.Length];
        Ed25519.Sign(
            _bytes,
            0,
            _bytes,
            Ed25519.SecretKeySize,
            message,
            0,
            message.Length,
            signature,
            0
        );
        return new Signature(Name, signature);
    }

    /// <summary>The secret text form, for the key file.</summary>
    public string ToSecretText() => NamedBytes.Format(Name, _bytes);
}
