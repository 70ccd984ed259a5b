using System.Runtime.InteropServices;
using System.Text;

namespace Ferry.Formats;

/// <summary>An immutable string of bytes, as the Nix language and its formats have them: any encoding, or none.</summary>
/// <remarks>
/// One word. <c>default</c> is the empty string. Comparison is by unsigned byte value, which for UTF-8
/// is code point order; it is the order of every sorted list in Nix's formats.
/// </remarks>
public readonly struct ByteString : IEquatable<ByteString>, IComparable<ByteString>
{
    private readonly byte[]? _bytes;

    private ByteString(byte[] bytes) => _bytes = bytes;

    /// <summary>Copies <paramref name="bytes"/>.</summary>
    public ByteString(ReadOnlySpan<byte> bytes) => _bytes = bytes.IsEmpty ? null : bytes.ToArray();

    public static ByteString Empty => default;

    public int Length => _bytes?.Length ?? 0;

    public bool IsEmpty => Length == 0;

    public ReadOnlySpan<byte> Span => _bytes;

    public ReadOnlyMemory<byte> Memory => _bytes;

    public byte this[int index] => Span[index];

    /// <summary>Encodes as UTF-8.</summary>
    public static implicit operator ByteString(string text) => FromString(text);

    public static bool operator ==(ByteString left, ByteString right) => left.Equals(right);

    public static bool operator !=(ByteString left, ByteString right) => !left.Equals(right);

    public static bool operator <(ByteString left, ByteString right) => left.CompareTo(right) < 0;

    public static bool operator <=(ByteString left, ByteString right) => left.CompareTo(right) <= 0;

    public static bool operator >(ByteString left, ByteString right) => left.CompareTo(right) > 0;

    public static bool operator >=(ByteString left, ByteString right) => left.CompareTo(right) >= 0;

    /// <summary>Encodes as UTF-8.</summary>
    public static ByteString FromString(string text) =>
        text.Length == 0 ? default : new(Encoding.UTF8.GetBytes(text));

    /// <summary>Takes an array without a copy; the caller must never write to it again.</summary>
    public static ByteString Adopt(byte[] bytes) => bytes.Length == 0 ? default : new(bytes);

    public static ByteString Concatenate(ByteString left, ByteString right)
    {
        if (left.IsEmpty)
            return right;
        if (right.IsEmpty)
            return left;
        var joined = new byte[left.Length + right.Length];
        left.Span.CopyTo(joined);
        right.Span.CopyTo(joined.AsSpan(left.Length));
        return new(joined);
    }

    public ByteString Slice(int start, int length) => new(Span.Slice(start, length));

    public bool StartsWith(ReadOnlySpan<byte> prefix) => Span.StartsWith(prefix);

    public bool EndsWith(ReadOnlySpan<byte> suffix) => Span.EndsWith(suffix);

    public byte[] ToArray() => Span.ToArray();

    public bool Equals(ByteString other) =>
        ReferenceEquals(_bytes, other._bytes) || Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is ByteString other && Equals(other);

    public int CompareTo(ByteString other) => Span.SequenceCompareTo(other.Span);

    /// <summary>Differs between processes, as every .NET hash code may; nothing printed may depend on it.</summary>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>Decodes UTF-8; bytes that are not become U+FFFD, so this is for messages and known text only.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);

    /// <summary>One character for each byte (Latin-1): the lossless way through an API that takes strings.</summary>
    public string ToByteCharacters() => Encoding.Latin1.GetString(Span);

    /// <summary>The bytes' own array where the string covers one, for calls that need arrays; never write to it.</summary>
    public ArraySegment<byte> DangerousSegment() =>
        MemoryMarshal.TryGetArray(Memory, out var segment) ? segment : ArraySegment<byte>.Empty;
}
