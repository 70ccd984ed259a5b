using System.Buffers;

namespace Ferry.Formats.ATerm;

/// <summary>Writes the pieces of the text form of derivations: strings with their escapes, and lists.</summary>
/// <remarks>Nothing is ever put between the pieces; the text is hashed.</remarks>
internal sealed class ATermWriter
{
    private static readonly SearchValues<byte> s_escaped = SearchValues.Create("\"\\\n\r\t"u8);

    private readonly ArrayBufferWriter<byte> _text = new(16 * 1024);

    public ReadOnlySpan<byte> Written => _text.WrittenSpan;

    /// <summary>Forgets the text and keeps its memory.</summary>
    public void Clear() => _text.ResetWrittenCount();

    public void Raw(ReadOnlySpan<byte> text) => _text.Write(text);

    /// <summary>A string in quotes, with <c>\" \\ \n \r \t</c> escaped.</summary>
    public void String(ReadOnlySpan<byte> value)
    {
        _text.Write("\""u8);
        while (value.IndexOfAny(s_escaped) is >= 0 and var index)
        {
            _text.Write(value[..index]);
            _text.Write(
                value[index] switch
                {
                    (byte)'\n' => "\\n"u8,
                    (byte)'\r' => "\\r"u8,
                    (byte)'\t' => "\\t"u8,
                    (byte)'"' => "\\\""u8,
                    _ => "\\\\"u8,
                }
            );
            value = value[(index + 1)..];
        }
        _text.Write(value);
        _text.Write("\""u8);
    }

    /// <summary>A string in quotes as it is. Stock does not escape paths, hashes, output names and systems.</summary>
    public void Unescaped(ReadOnlySpan<byte> value)
    {
        _text.Write("\""u8);
        _text.Write(value);
        _text.Write("\""u8);
    }

    /// <summary><c>[a,b,…]</c>, each item by <paramref name="write"/>.</summary>
    public void List<T>(IEnumerable<T> items, Action<T> write)
    {
        _text.Write("["u8);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                _text.Write(","u8);
            isFirst = false;
            write(item);
        }
        _text.Write("]"u8);
    }
}
