using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Ferry.Evaluation.Values;

namespace Ferry.Evaluation.Memory;

/// <summary>The bytes of a string and the store objects it came from.</summary>
/// <remarks>Layout: [length:32 | context:32][address]. Substrings share the bytes of the whole.</remarks>
[DebuggerDisplay("{ToString()}")]
public readonly struct StringValue
{
    /// <summary>From this length on, appending reserves room for more, so that growing a string stays linear.</summary>
    private const int OpenLengthMin = 256;

    internal readonly uint Handle;

    internal StringValue(uint handle) => Handle = handle;

    public static StringValue Empty => Create([]);

    public unsafe int Length => (int)(uint)*Arena.At(Handle);

    public unsafe StringContext Context => StringContext.ById((int)(*Arena.At(Handle) >> 32));

    public unsafe bool HasContext => *Arena.At(Handle) >> 32 != 0;

    /// <summary>Valid as long as values are.</summary>
    public unsafe ReadOnlySpan<byte> Bytes => new(Data, Length);

    private unsafe byte* Data => (byte*)Arena.At(Handle)[1];

    public static unsafe StringValue Create(ReadOnlySpan<byte> bytes, StringContext? context = null)
    {
        var data = Arena.TakeBytes(bytes.Length);
        bytes.CopyTo(new Span<byte>(data, bytes.Length));
        return Create(data, bytes.Length, context is null ? 0 : context.Id);
    }

    /// <param name="text">Becomes UTF-8.</param>
    /// <param name="context">None when null.</param>
    public static StringValue Create(string text, StringContext? context = null) =>
        Create(Encoding.UTF8.GetBytes(text), context);

    /// <summary>Joins several strings, copying each once.</summary>
    internal static unsafe StringValue Join(ReadOnlySpan<StringValue> parts)
    {
        long length = 0;
        var context = 0;
        foreach (var part in parts)
        {
            length += part.Length;
            context = StringContext.UnionIds(context, part.ContextId);
        }
        var data = Arena.TakeBytes(checked((int)length));
        var at = data;
        foreach (var part in parts)
        {
            Unsafe.CopyBlockUnaligned(at, part.Data, (uint)part.Length);
            at += part.Length;
        }
        return Create(data, (int)length, context);
    }

    /// <summary>Joins strings with another between them; its context counts even when it is not used.</summary>
    /// <exception cref="EvaluationException">The result has more than 2 GiB.</exception>
    internal static unsafe StringValue Join(ReadOnlySpan<StringValue> parts, StringValue separator)
    {
        var length = separator.Length * Math.Max(0L, parts.Length - 1);
        var context = separator.ContextId;
        foreach (var part in parts)
        {
            length += part.Length;
            context = StringContext.UnionIds(context, part.ContextId);
        }
        if (length > int.MaxValue)
            throw EvaluationException.Failed($"a string of {length} bytes is too long");
        var data = Arena.TakeBytes((int)length);
        var at = data;
        for (var index = 0; index < parts.Length; index++)
        {
            if (index > 0)
            {
                Unsafe.CopyBlockUnaligned(at, separator.Data, (uint)separator.Length);
                at += separator.Length;
            }
            Unsafe.CopyBlockUnaligned(at, parts[index].Data, (uint)parts[index].Length);
            at += parts[index].Length;
        }
        return Create(data, (int)length, context);
    }

    /// <summary>The same bytes with another context.</summary>
    public unsafe StringValue WithContext(StringContext context) =>
        Create(Data, Length, context.Id);

    /// <summary>A part of the bytes, without copying; the context stays.</summary>
    public unsafe StringValue Substring(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(Length - start));
        return Create(Data + start, length, (int)(*Arena.At(Handle) >> 32));
    }

    /// <summary>Joins two strings; amortised O(length of the right one) when the left one was just made.</summary>
    public static unsafe StringValue Concat(StringValue left, StringValue right)
    {
        var context = StringContext.UnionIds(left.ContextId, right.ContextId);
        int leftLength = left.Length,
            rightLength = right.Length;
        if (rightLength == 0 && context == left.ContextId)
            return left;
        if (leftLength == 0 && context == right.ContextId)
            return right;

        var length = checked(leftLength + rightLength);
        byte* start = left.Data,
            end = start + leftLength;
        if (end == right.Data)
            return Create(start, length, context); // Neighbours: nothing to copy.
        if (Arena.TryGrowBytes(end, rightLength))
        {
            Unsafe.CopyBlockUnaligned(end, right.Data, (uint)rightLength);
            return Create(start, length, context);
        }
        return length < OpenLengthMin
            ? Join(left, right, Arena.TakeBytes(length), context)
            : AppendOpen(left, right, context);
    }

    public bool Equals(ReadOnlySpan<byte> other) => Bytes.SequenceEqual(other);

    public bool SequenceEquals(StringValue other) =>
        Handle == other.Handle || Bytes.SequenceEqual(other.Bytes);

    /// <summary>Decodes UTF-8 for messages; broken bytes become U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);

    private unsafe int ContextId => (int)(*Arena.At(Handle) >> 32);

    // The thread's open string has room behind it: appending to it again and again copies each byte once.
    private static unsafe StringValue AppendOpen(StringValue left, StringValue right, int context)
    {
        int leftLength = left.Length,
            rightLength = right.Length;
        var block = ThreadBlock.Current;
        var end = left.Data + leftLength;
        if (end == block->OpenEnd && rightLength <= block->OpenCapacity - end)
        {
            Unsafe.CopyBlockUnaligned(end, right.Data, (uint)rightLength);
            block->OpenEnd += rightLength;
            return Create(left.Data, leftLength + rightLength, context);
        }
        var capacity = (int)Math.Min(2L * (leftLength + rightLength), int.MaxValue);
        var data = Arena.TakeBytes(capacity);
        block->OpenEnd = data + leftLength + rightLength;
        block->OpenCapacity = data + capacity;
        return Join(left, right, data, context);
    }

    private static unsafe StringValue Join(
        StringValue left,
        StringValue right,
        byte* data,
        int context
    )
    {
        int leftLength = left.Length,
            rightLength = right.Length;
        Unsafe.CopyBlockUnaligned(data, left.Data, (uint)leftLength);
        Unsafe.CopyBlockUnaligned(data + leftLength, right.Data, (uint)rightLength);
        return Create(data, leftLength + rightLength, context);
    }

    private static unsafe StringValue Create(byte* data, int length, int context)
    {
        var words = Arena.Take(2);
        words[0] = (uint)length | ((ulong)(uint)context << 32);
        words[1] = (ulong)data;
        return new(Arena.HandleOf(words));
    }
}
