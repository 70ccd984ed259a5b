namespace Ferry.Debian.Archives;

/// <summary>The next so many bytes of another stream, read only. Fails when the other ends too early.</summary>
internal sealed class BoundedStream : Stream
{
    private readonly Stream _inner;
    private readonly string _what;
    private long _left;

    public BoundedStream(Stream inner, long length, string what)
    {
        _inner = inner;
        _what = what;
        Length = _left = length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => Length - _left;
        set => throw new NotSupportedException();
    }

    /// <exception cref="DebianException">The other stream ended first.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty)
            return 0;
        var read = _inner.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        if (read == 0)
            throw new DebianException($"{_what} is cut off {_left} bytes before its end");
        _left -= read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        Read(buffer.AsSpan(offset, count));

    public void SkipRest()
    {
        Span<byte> waste = stackalloc byte[256];
        if (_inner.CanSeek && _left > waste.Length)
        {
            if (_inner.Position + _left > _inner.Length)
                throw new DebianException($"{_what} is cut off before its end");
            _inner.Seek(_left, SeekOrigin.Current);
            _left = 0;
        }

        while (_left > 0)
            _ = Read(waste);
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();
}
