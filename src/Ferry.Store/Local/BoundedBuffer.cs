using System.Buffers;
using Ferry.Formats;

namespace Ferry.Store.Local;

/// <summary>Keeps what is written to it, until it is too much; then it keeps nothing.</summary>
/// <remarks>
/// The memory is used again by later ones: for most trees, getting fresh pages takes longer than all the rest.
/// </remarks>
internal sealed class BoundedBuffer(int lengthMax) : WriteOnlyStream
{
    private const int FirstLength = 64 * 1024;

    private byte[] _kept = ArrayPool<byte>.Shared.Rent(FirstLength);
    private int _length;
    private bool _isTooMuch;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _isTooMuch = _isTooMuch || buffer.Length > lengthMax - _length;
        if (_isTooMuch)
            return;
        if (buffer.Length > _kept.Length - _length)
            Grow(_length + buffer.Length);
        buffer.CopyTo(_kept.AsSpan(_length));
        _length += buffer.Length;
    }

    /// <returns>Everything written, from its start, to be read before this is disposed; null when it was too much.</returns>
    public Stream? TryOpen() =>
        _isTooMuch ? null : new MemoryStream(_kept, 0, _length, writable: false);

    protected override void Dispose(bool disposing)
    {
        if (disposing && _kept.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_kept);
            (_kept, _length) = ([], 0);
        }

        base.Dispose(disposing);
    }

    private void Grow(int length)
    {
        var grown = ArrayPool<byte>.Shared.Rent(
            (int)Math.Min(Math.Max(length, 2L * _length), lengthMax)
        );
        _kept.AsSpan(0, _length).CopyTo(grown);
        ArrayPool<byte>.Shared.Return(_kept);
        _kept = grown;
    }
}
