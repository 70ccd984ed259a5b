using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Ferry.Builtins.Toml;

/// <summary>A place in TOML text, with the moves that every part of the reader needs.</summary>
internal sealed class TomlCursor
{
    public const int EndOfText = -1;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly byte[] _text;

    public TomlCursor(ReadOnlySpan<byte> text)
    {
        _text = text.ToArray();
        Position = text.StartsWith(ByteOrderMark) ? 3 : 0;
        if (!Utf8.IsValid(text))
            throw TomlTextException.At(1, 1, "text that is not UTF-8");
    }

    public int Position { get; set; }

    public int Current => Peek(0);

    public ReadOnlySpan<byte> Rest => _text.AsSpan(Position);

    public ReadOnlySpan<byte> Text => _text;

    public int Peek(int offset) =>
        Position + offset < _text.Length ? _text[Position + offset] : EndOfText;

    public bool TryTake(ReadOnlySpan<byte> word)
    {
        if (!Rest.StartsWith(word))
            return false;
        Position += word.Length;
        return true;
    }

    public void Expect(ReadOnlySpan<byte> word, string name)
    {
        if (!TryTake(word))
            throw Fail($"expected {name}");
    }

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t')
            Position++;
    }

    public bool TryTakeNewline() => TryTake("\n"u8) || TryTake("\r\n"u8);

    /// <summary>Skips blanks, comments and line ends.</summary>
    public void SkipLines()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        } while (TryTakeNewline());
    }

    /// <summary>Requires that nothing but a comment is left on this line.</summary>
    public void FinishLine()
    {
        SkipBlanks();
        SkipComment();
        if (Current != EndOfText && !TryTakeNewline())
            throw Fail("expected the end of the line");
    }

    /// <summary>A failure laid out as stock's library does: the line, and a mark behind what was read.</summary>
    public TomlTextException FailAfter(int length, string problem, string advice)
    {
        var end = Position + length;
        var before = _text.AsSpan(0, end);
        var start = before.LastIndexOf((byte)'\n') + 1;
        var lineLength = _text.AsSpan(start).IndexOfAny("\r\n"u8);
        var line = Encoding.UTF8.GetString(
            _text.AsSpan(start, lineLength < 0 ? _text.Length - start : lineLength)
        );
        var number = (before.Count((byte)'\n') + 1).ToString(CultureInfo.InvariantCulture);
        var margin = new string(' ', number.Length);
        return TomlTextException.Of(
            $"[error] {problem}\n{margin}--> fromTOML\n {margin} |\n {number} | {line}\n {margin} | {new string(' ', end - start)}^-- {advice}\n"
        );
    }

    public TomlTextException Fail(string problem)
    {
        var before = _text.AsSpan(0, Math.Min(Position, _text.Length));
        var line = before.Count((byte)'\n') + 1;
        return TomlTextException.At(line, before.Length - before.LastIndexOf((byte)'\n'), problem);
    }

    private void SkipComment()
    {
        if (Current != '#')
            return;
        while (Current != EndOfText && Current != '\n' && !Rest.StartsWith("\r\n"u8))
        {
            if (Current is (< ' ' and not '\t') or 0x7F)
                throw Fail("a control character in a comment");
            Position++;
        }
    }
}
