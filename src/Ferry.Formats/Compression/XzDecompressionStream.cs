namespace Ferry.Formats.Compression;

/// <summary>Reads what was compressed with xz. Owns memory outside the managed heap until it is disposed of.</summary>
public sealed unsafe class XzDecompressionStream : ReadOnlyStream
{
    private const int BufferSizeBytes = 1 << 16;

    private readonly Stream _compressed;
    private readonly bool _leaveOpen;
    private readonly byte[] _buffer = new byte[BufferSizeBytes];
    private readonly LzmaState _owned = new();
    private readonly Lzma.State* _state;
    private int _bufferStart;
    private int _bufferEnd;
    private bool _isInputOver;
    private bool _isOver;

    /// <param name="compressed">From the first byte of an xz stream.</param>
    /// <param name="leaveOpen">Whether <paramref name="compressed"/> outlives this stream.</param>
    public XzDecompressionStream(Stream compressed, bool leaveOpen = false)
    {
        _compressed = compressed;
        _leaveOpen = leaveOpen;
        _state = _owned.Pointer;
        if (Lzma.BeginDecoding(_state, Lzma.NoMemoryLimit, Lzma.Concatenated) == Lzma.Ok)
            return;
        _owned.Dispose();
        throw new IOException("liblzma has no memory for its decoder");
    }

    /// <exception cref="BadFormatException">The data is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_owned.IsClosed, this);
        if (_isOver || buffer.IsEmpty)
            return 0;
        fixed (byte* output = buffer)
        fixed (byte* input = _buffer)
        {
            _state->NextOut = output;
            _state->AvailableOut = (nuint)buffer.Length;
            while (_state->AvailableOut == (nuint)buffer.Length && !_isOver)
                Step(input);
            return buffer.Length - (int)_state->AvailableOut;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _owned.Dispose();
            if (!_leaveOpen)
                _compressed.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Step(byte* input)
    {
        if (_bufferStart == _bufferEnd && !_isInputOver)
        {
            _bufferStart = 0;
            _bufferEnd = _compressed.Read(_buffer);
            _isInputOver = _bufferEnd == 0;
        }

        _state->NextIn = input + _bufferStart;
        _state->AvailableIn = (nuint)(_bufferEnd - _bufferStart);
        var result = Lzma.Code(_state, _isInputOver ? Lzma.Finish : Lzma.Run);
        _bufferStart = _bufferEnd - (int)_state->AvailableIn;
        _isOver = result == Lzma.StreamEnd;
        if (result is Lzma.Ok or Lzma.StreamEnd)
            return;
        throw result switch
        {
            Lzma.MemoryError => new IOException("liblzma has no memory for its decoder"),
            Lzma.BufferError => new BadFormatException("the xz data is cut off"),
            _ => new BadFormatException($"the xz data is damaged (liblzma: {result})"),
        };
    }
}
