namespace Ferry.Formats.Hashing;

/// <summary>Hashes and counts what is read through it. The source stays open and belongs to the caller.</summary>
public sealed class HashingReader(HashKind kind, Stream source) : ReadOnlyStream
{
    private readonly Hasher _hasher = new(kind);

    /// <summary>Bytes read so far.</summary>
    public long Count => _hasher.Length;

    public override int Read(Span<byte> buffer)
    {
        var count = source.Read(buffer);
        _hasher.Append(buffer[..count]);
        return count;
    }

    /// <summary>The hash of everything read.</summary>
    public Hash Finish() => _hasher.Finish();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hasher.Dispose();
        base.Dispose(disposing);
    }
}
