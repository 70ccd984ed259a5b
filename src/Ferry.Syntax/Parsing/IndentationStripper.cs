using System.Buffers;
using System.Runtime.InteropServices;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Parsing;

/// <summary>A piece of an indented string: an expression, or text of which the escapes are undone.</summary>
internal readonly struct IndentedPart
{
    public IndentedPart(SourcePosition position, ReadOnlyMemory<byte> text, bool hasIndentation) =>
        (Position, Text, HasIndentation) = (position, text, hasIndentation);

    public IndentedPart(SourcePosition position, Expression value) =>
        (Position, Value) = (position, value);

    public SourcePosition Position { get; }

    /// <summary>Null for text.</summary>
    public Expression? Value { get; }

    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>False for escapes: they end the indentation of their line.</summary>
    public bool HasIndentation { get; }
}

/// <summary>Takes the common indentation out of an indented string.</summary>
/// <remarks>
/// Only spaces are indentation. A line of nothing but spaces does not count, and the last such line loses its
/// spaces. Source: stock's <c>ParserState::stripIndentation</c>, whose corner cases are kept.
/// </remarks>
internal static class IndentationStripper
{
    // What stock starts from: a string without any line that counts loses this many spaces a line.
    private const int NoIndentation = 1_000_000;

    public static Expression Strip(SourcePosition position, List<IndentedPart> parts)
    {
        var indentation = CommonIndentation(CollectionsMarshal.AsSpan(parts));
        List<StringPart> stripped = [];
        var state = new LineState(indentation);
        var buffer = new ArrayBufferWriter<byte>();
        for (var index = 0; index < parts.Count; index++)
        {
            var part = parts[index];
            if (part.Value is not null)
            {
                state.EndIndentation();
                stripped.Add(new StringPart(part.Value, part.Position));
                continue;
            }

            buffer.ResetWrittenCount();
            state.Copy(part.Text.Span, buffer);
            var text = buffer.WrittenSpan;
            if (index == parts.Count - 1)
                text = WithoutLastBlankLine(text);
            if (!text.IsEmpty)
                stripped.Add(new(new StringExpression(text.ToArray()), part.Position));
        }

        return stripped switch
        {
            [] => new StringExpression(default),
            [{ Value: StringExpression only }] => only,
            _ => new ConcatenateStringsExpression(position, isForcedToString: true, [.. stripped]),
        };
    }

    private static int CommonIndentation(ReadOnlySpan<IndentedPart> parts)
    {
        var least = NoIndentation;
        var current = 0;
        var isAtLineStart = true;
        foreach (var part in parts)
        {
            if (!part.HasIndentation)
            {
                if (isAtLineStart)
                    least = Math.Min(least, current);
                isAtLineStart = false;
                continue;
            }

            var text = part.Text.Span;
            while (!text.IsEmpty)
            {
                if (!isAtLineStart)
                {
                    var end = text.IndexOf((byte)'\n');
                    if (end < 0)
                        break;
                    text = text[(end + 1)..];
                    (isAtLineStart, current) = (true, 0);
                    continue;
                }

                var first = text[0];
                text = text[1..];
                if (first == ' ')
                {
                    current++;
                }
                else if (first == '\n')
                {
                    current = 0;
                }
                else
                {
                    least = Math.Min(least, current);
                    isAtLineStart = false;
                }
            }
        }

        return least;
    }

    private static ReadOnlySpan<byte> WithoutLastBlankLine(ReadOnlySpan<byte> text)
    {
        var end = text.LastIndexOf((byte)'\n') + 1;
        return end > 0 && !text[end..].ContainsAnyExcept((byte)' ') ? text[..end] : text;
    }

    /// <summary>Where in a line the copy stands; it goes on from one part to the next.</summary>
    private sealed class LineState(int indentation)
    {
        private bool _isAtLineStart = true;
        private int _dropped;

        public void EndIndentation() => (_isAtLineStart, _dropped) = (false, 0);

        public void Copy(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> result)
        {
            while (!text.IsEmpty)
            {
                if (!_isAtLineStart)
                {
                    var end = text.IndexOf((byte)'\n') + 1;
                    var length = end == 0 ? text.Length : end;
                    result.Write(text[..length]);
                    text = text[length..];
                    _isAtLineStart = end > 0;
                    continue;
                }

                var first = text[0];
                if (first != ' ' || _dropped++ >= indentation)
                    result.Write(text[..1]);
                text = text[1..];
                if (first == '\n')
                    _dropped = 0;
                else if (first != ' ')
                    EndIndentation();
            }
        }
    }
}
