namespace Ferry.Syntax.Text;

/// <summary>Finds lines in a text. LF, CR LF and a CR alone each end a line.</summary>
/// <remarks>Source: stock's <c>Pos::LinesIterator</c>. A text that ends with a line end has one more, empty line.</remarks>
public sealed class LineMap
{
    private readonly ReadOnlyMemory<byte> _text;
    private readonly int[] _starts;

    public LineMap(ReadOnlyMemory<byte> text) => (_text, _starts) = (text, FindStarts(text.Span));

    public int LineCount => _starts.Length;

    /// <summary>Cost: the logarithm of the number of lines.</summary>
    public LinePosition Locate(int offset)
    {
        var index = Array.BinarySearch(_starts, offset);
        if (index < 0)
            index = ~index - 1;

        return new LinePosition(index + 1, offset - _starts[index] + 1);
    }

    /// <param name="line">Counted from 1, at most <see cref="LineCount"/>.</param>
    /// <returns>The bytes of the line without its end.</returns>
    public ReadOnlyMemory<byte> GetLine(int line)
    {
        var start = _starts[line - 1];
        var rest = _text.Span[start..];
        var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
        return _text.Slice(start, length < 0 ? rest.Length : length);
    }

    private static int[] FindStarts(ReadOnlySpan<byte> text)
    {
        List<int> starts = [0];
        var position = 0;
        while (text[position..].IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var length)
        {
            position += length;
            var isPair =
                text[position] == '\r' && position + 1 < text.Length && text[position + 1] == '\n';
            position += isPair ? 2 : 1;
            starts.Add(position);
        }

        return [.. starts];
    }
}
