namespace Ferry.Build.Logs;

/// <summary>Cuts builder output into lines as a terminal would show them.</summary>
/// <remarks>
/// A carriage return goes back to the start of the line, so a progress bar ends as its last state. Not thread-safe.
/// </remarks>
public sealed class LogLines(Action<ReadOnlyMemory<byte>> line)
{
    private byte[] _line = new byte[256];
    private int _length;
    private int _position;

    public void Append(ReadOnlySpan<byte> output)
    {
        foreach (var octet in output)
        {
            if (octet == '\r')
                _position = 0;
            else if (octet == '\n')
                End();
            else
                Put(octet);
        }
    }

    /// <summary>Gives out a last line that has no end of its own.</summary>
    public void Flush()
    {
        if (_length > 0)
            End();
    }

    private void Put(byte octet)
    {
        if (_position == _line.Length)
            Array.Resize(ref _line, _line.Length * 2);
        _line[_position++] = octet;
        _length = Math.Max(_length, _position);
    }

    private void End()
    {
        line(_line.AsMemory(0, _position));
        _length = _position = 0;
    }
}
