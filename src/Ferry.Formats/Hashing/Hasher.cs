using System.Security.Cryptography;

namespace Ferry.Formats.Hashing;

/// <summary>Hashes data that arrives in pieces, and counts it. Owned by one thread at a time.</summary>
public sealed class Hasher : IDisposable
{
    private readonly HashKind _kind;
    private readonly IncrementalHash _hash;

    public Hasher(HashKind kind)
    {
        _kind = kind;
        _hash = IncrementalHash.CreateHash(AlgorithmName(kind));
    }

    /// <summary>Bytes appended so far.</summary>
    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> data)
    {
        _hash.AppendData(data);
        Length += data.Length;
    }

    /// <summary>The hash of everything appended; the hasher is empty again afterwards.</summary>
    public Hash Finish()
    {
        Span<byte> digest = stackalloc byte[_kind.DigestLength()];
        _hash.GetHashAndReset(digest);
        return new Hash(_kind, digest);
    }

    public void Dispose() => _hash.Dispose();

    internal static HashAlgorithmName AlgorithmName(HashKind kind) =>
        kind switch
        {
            HashKind.Md5 => HashAlgorithmName.MD5,
            HashKind.Sha1 => HashAlgorithmName.SHA1,
            HashKind.Sha256 => HashAlgorithmName.SHA256,
            _ => HashAlgorithmName.SHA512,
        };
}
