using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Values;

/// <summary>Builds a string piece by piece, gathering contexts. Pass it by reference; take the result once.</summary>
/// <remarks>The buffer is rented; one that an exception leaves behind is collected like any other garbage.</remarks>
public ref struct TextBuilder : IDisposable
{
    private byte[] _buffer;
    private int _length;
    private int _context;

    public TextBuilder() => _buffer = ArrayPool<byte>.Shared.Rent(256);

    public readonly int Length => _length;

    public readonly ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    public readonly StringContext Context => StringContext.ById(_context);

    public void Append(StringValue text)
    {
        Append(text.Bytes);
        if (text.HasContext)
            AddContext(text.Context);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    public void Append(byte value)
    {
        Room(1)[0] = value;
        _length++;
    }

    /// <summary>Appends UTF-8.</summary>
    public void Append(string text)
    {
        var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, room);
    }

    public void Append(long number)
    {
        Utf8Formatter.TryFormat(number, Room(20), out var written);
        _length += written;
    }

    public void AddContext(StringContext context) =>
        _context = StringContext.UnionIds(_context, context.Id);

    /// <summary>Ends the builder.</summary>
    public StringValue ToStringValue()
    {
        var result = StringValue.Create(Bytes, Context);
        Dispose();
        return result;
    }

    /// <summary>Ends the builder.</summary>
    public Value ToValue() => Value.Of(ToStringValue());

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private Span<byte> Room(int count)
    {
        if (_length + count > _buffer.Length)
        {
            var grown = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
            Bytes.CopyTo(grown);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = grown;
        }
        return _buffer.AsSpan(_length, count);
    }
}
