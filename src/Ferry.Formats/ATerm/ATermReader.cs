namespace Ferry.Formats.ATerm;

/// <summary>Takes the text form of derivations apart, piece by piece.</summary>
internal ref struct ATermReader(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly int Peek => _rest.IsEmpty ? -1 : _rest[0];

    public void Expect(string expected)
    {
        foreach (var character in expected)
        {
            if (_rest.IsEmpty || _rest[0] != character)
                throw new BadFormatException($"expected string '{expected}'");
            _rest = _rest[1..];
        }
    }

    /// <summary>A string in quotes, its escapes replaced. An escaped character without a meaning stands for itself.</summary>
    public ByteString String()
    {
        Expect("\"");
        var end = EndOfString();
        var raw = _rest[..end];
        _rest = _rest[(end + 1)..];
        return raw.Contains((byte)'\\') ? Unescape(raw) : new ByteString(raw);
    }

    /// <summary>A string that must be an absolute path.</summary>
    public string Path()
    {
        var path = String();
        return path.StartsWith("/"u8)
            ? path.ToString()
            : throw new BadFormatException($"bad path '{path}' in derivation");
    }

    /// <summary>Steps over ',' (false) or ']' (true). As in stock, items may also follow each other without a comma.</summary>
    public bool EndOfList()
    {
        var next = Peek;
        if (next is ',' or ']')
            _rest = _rest[1..];
        return next == ']';
    }

    private readonly int EndOfString()
    {
        var index = 0;
        while (index < _rest.Length && _rest[index] != '"')
            index += _rest[index] == '\\' ? 2 : 1;
        return index < _rest.Length
            ? index
            : throw new BadFormatException("unterminated string in derivation");
    }

    private static ByteString Unescape(ReadOnlySpan<byte> raw)
    {
        var bytes = new byte[raw.Length];
        var length = 0;
        for (var index = 0; index < raw.Length; index++)
        {
            var character = raw[index];
            if (character == '\\')
            {
                character = raw[++index] switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    var other => other,
                };
            }
            bytes[length++] = character;
        }
        return new ByteString(bytes.AsSpan(0, length));
    }
}
