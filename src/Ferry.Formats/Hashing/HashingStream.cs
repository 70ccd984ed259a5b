namespace Ferry.Formats.Hashing;

/// <summary>A sink that hashes and counts what is written to it, and can hand it on to other sinks.</summary>
/// <remarks>The other sinks stay open and belong to the caller.</remarks>
public sealed class HashingStream(HashKind kind, params Stream[] others) : WriteOnlyStream
{
    private readonly Hasher _hasher = new(kind);

    /// <summary>Bytes written so far.</summary>
    public long Count => _hasher.Length;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hasher.Append(buffer);
        foreach (var other in others)
            other.Write(buffer);
    }

    /// <summary>The hash of everything written.</summary>
    public Hash Finish() => _hasher.Finish();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hasher.Dispose();
        base.Dispose(disposing);
    }
}
