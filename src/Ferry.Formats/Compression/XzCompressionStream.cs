namespace Ferry.Formats.Compression;

/// <summary>Compresses what is written to it with xz. Disposing ends the file; owns memory outside the managed heap until then.</summary>
public sealed unsafe class XzCompressionStream : WriteOnlyStream
{
    private const int BufferSizeBytes = 1 << 16;

    private readonly Stream _compressed;
    private readonly bool _leaveOpen;
    private readonly byte[] _buffer = new byte[BufferSizeBytes];
    private readonly LzmaState _owned = new();
    private readonly Lzma.State* _state;

    /// <param name="compressed">Gets the xz file.</param>
    /// <param name="preset">0 to 9, as xz's options; 6 is its default.</param>
    /// <param name="leaveOpen">Whether <paramref name="compressed"/> outlives this stream.</param>
    public XzCompressionStream(Stream compressed, int preset = 6, bool leaveOpen = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(preset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(preset, 9);
        _compressed = compressed;
        _leaveOpen = leaveOpen;
        _state = _owned.Pointer;
        if (Lzma.BeginEncoding(_state, (uint)preset, Lzma.CheckCrc64) == Lzma.Ok)
            return;
        _owned.Dispose();
        throw new IOException("liblzma has no memory for its encoder");
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_owned.IsClosed, this);
        fixed (byte* input = buffer)
        {
            _state->NextIn = input;
            _state->AvailableIn = (nuint)buffer.Length;
            while (_state->AvailableIn > 0)
                _ = Step(Lzma.Run);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_owned.IsClosed)
        {
            _state->AvailableIn = 0;
            while (Step(Lzma.Finish) != Lzma.StreamEnd) { }
            _owned.Dispose();
            if (!_leaveOpen)
                _compressed.Dispose();
        }
        base.Dispose(disposing);
    }

    private int Step(int action)
    {
        fixed (byte* output = _buffer)
        {
            _state->NextOut = output;
            _state->AvailableOut = BufferSizeBytes;
            var result = Lzma.Code(_state, action);
            if (result is not (Lzma.Ok or Lzma.StreamEnd))
                throw new IOException($"liblzma cannot compress: error {result}");
            _compressed.Write(_buffer, 0, BufferSizeBytes - (int)_state->AvailableOut);
            return result;
        }
    }
}
