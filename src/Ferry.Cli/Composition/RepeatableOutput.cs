namespace Ferry.Cli.Composition;

/// <summary>Bytes that one evaluation prints as it goes: they come once, also when evaluation begins anew.</summary>
/// <remarks>Evaluation that begins anew prints again what it had printed, from the start: so that much is left out.</remarks>
internal sealed class RepeatableOutput(Session session)
{
    private long _printed;
    private long _position;

    /// <summary>Evaluation begins, perhaps again.</summary>
    public void Begin() => _position = 0;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        var known = (int)Math.Min(_printed - _position, bytes.Length);
        _position += bytes.Length;
        if (known == bytes.Length)
            return;
        session.Write(bytes[known..]);
        _printed = _position;
    }
}
