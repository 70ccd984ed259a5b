using System.Text;

namespace Ferry.Platform;

/// <summary>A path as the kernel takes it: bytes. Names in a store need not be UTF-8. The default value is the empty path.</summary>
public readonly struct NativePath : IEquatable<NativePath>
{
    // Ends with a NUL, which is not part of the path.
    private readonly byte[]? _terminated;

    private NativePath(byte[] terminated) => _terminated = terminated;

    /// <summary>The path without the final NUL.</summary>
    public ReadOnlySpan<byte> Bytes =>
        _terminated is null ? [] : _terminated.AsSpan(0, _terminated.Length - 1);

    /// <summary>The path with a final NUL, for system calls.</summary>
    internal ReadOnlySpan<byte> Terminated => _terminated ?? [0];

    public static implicit operator NativePath(string path) => FromString(path);

    /// <exception cref="ArgumentException">A NUL is in the path: the kernel would see a shorter one.</exception>
    public static NativePath FromString(string path)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, bytes);
        return Checked(bytes);
    }

    /// <inheritdoc cref="FromString"/>
    public static NativePath FromBytes(ReadOnlySpan<byte> path)
    {
        var bytes = new byte[path.Length + 1];
        path.CopyTo(bytes);
        return Checked(bytes);
    }

    /// <summary>This path, a slash, and <paramref name="name"/>.</summary>
    public NativePath Append(ReadOnlySpan<byte> name) => FromBytes([.. Bytes, (byte)'/', .. name]);

    public bool Equals(NativePath other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is NativePath other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public static bool operator ==(NativePath left, NativePath right) => left.Equals(right);

    public static bool operator !=(NativePath left, NativePath right) => !left.Equals(right);

    /// <summary>For messages only: bytes that are not UTF-8 are replaced.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);

    private static NativePath Checked(byte[] terminated) =>
        terminated.AsSpan(0, terminated.Length - 1).Contains((byte)0)
            ? throw new ArgumentException("a path must not contain a NUL byte", nameof(terminated))
            : new NativePath(terminated);
}
