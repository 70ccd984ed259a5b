using Ferry.Formats;

namespace Ferry.Store.Local;

/// <summary>Keeps what is written to it, until it is too much; then it keeps nothing.</summary>
internal sealed class BoundedBuffer(int lengthMax) : WriteOnlyStream
{
    private MemoryStream? _kept = new();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_kept is not null && _kept.Length + buffer.Length > lengthMax)
            _kept = null;
        _kept?.Write(buffer);
    }

    /// <returns>Everything written, from its start; null when it was too much.</returns>
    public Stream? TryOpen()
    {
        if (_kept is not null)
            _kept.Position = 0;
        return _kept;
    }
}
