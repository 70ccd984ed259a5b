using System.Security.Cryptography;

namespace Ferry.Formats.Hashing;

/// <summary>A digest and the algorithm that made it.</summary>
public sealed partial class Hash : IEquatable<Hash>
{
    private readonly byte[] _digest;

    /// <exception cref="ArgumentException">The digest has not the length of its kind.</exception>
    public Hash(HashKind kind, ReadOnlySpan<byte> digest)
    {
        if (digest.Length != kind.DigestLength())
            throw new ArgumentException(
                $"a {kind.Name()} digest has {kind.DigestLength()} bytes, not {digest.Length}",
                nameof(digest)
            );
        Kind = kind;
        _digest = digest.ToArray();
    }

    public HashKind Kind { get; }

    public ReadOnlySpan<byte> Digest => _digest;

    public static bool operator ==(Hash? left, Hash? right) => Equals(left, right);

    public static bool operator !=(Hash? left, Hash? right) => !Equals(left, right);

    /// <summary>Hashes bytes in memory.</summary>
    public static Hash Compute(HashKind kind, ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[kind.DigestLength()];
        Compute(kind, data, digest);
        return new Hash(kind, digest);
    }

    /// <summary>Hashes bytes in memory into a span of exactly the kind's digest length.</summary>
    public static void Compute(HashKind kind, ReadOnlySpan<byte> data, Span<byte> digest) =>
        CryptographicOperations.HashData(Hasher.AlgorithmName(kind), data, digest);

    /// <summary>Hashes a stream from where it stands to its end, in constant memory.</summary>
    public static Hash Compute(HashKind kind, Stream data)
    {
        using var hasher = new Hasher(kind);
        var buffer = new byte[64 * 1024];
        while (data.Read(buffer) is > 0 and var count)
            hasher.Append(buffer.AsSpan(0, count));
        return hasher.Finish();
    }

    /// <summary>The digest as text, after <c>KIND:</c> if asked for; SRI always has its kind.</summary>
    public string Format(HashFormat format, bool withKind) =>
        Format(Kind, _digest, format, withKind);

    /// <summary>Bytes of a digest as text, also where they are fewer than the kind has.</summary>
    public static string Format(
        HashKind kind,
        ReadOnlySpan<byte> digest,
        HashFormat format,
        bool withKind
    )
    {
        var text = format switch
        {
            HashFormat.Base16 => Convert.ToHexStringLower(digest),
            HashFormat.Nix32 => Nix32.Encode(digest),
            _ => Convert.ToBase64String(digest),
        };
        if (format == HashFormat.Sri)
            return $"{kind.Name()}-{text}";
        return withKind ? $"{kind.Name()}:{text}" : text;
    }

    /// <summary>A shorter digest out of a longer one: its pieces of that length, joined by exclusive or.</summary>
    public static byte[] Fold(ReadOnlySpan<byte> digest, int length)
    {
        var folded = new byte[length];
        for (var index = 0; index < digest.Length; index++)
            folded[index % length] ^= digest[index];
        return folded;
    }

    /// <summary><c>KIND:BASE16</c>, the form that store paths hash.</summary>
    public string ToBase16WithKind() => Format(HashFormat.Base16, withKind: true);

    /// <summary><c>KIND:NIX32</c>, the form of narinfo and of content addresses.</summary>
    public string ToNix32WithKind() => Format(HashFormat.Nix32, withKind: true);

    public string ToSri() => Format(HashFormat.Sri, withKind: true);

    public bool Equals(Hash? other) =>
        other is not null && other.Kind == Kind && other._digest.AsSpan().SequenceEqual(_digest);

    public override bool Equals(object? obj) => Equals(obj as Hash);

    public override int GetHashCode() => BitConverter.ToInt32(_digest);

    public override string ToString() => ToSri();
}
