using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Formats;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Errors;

/// <summary>The text of a message, as bytes. Written as <c>$"… '{name}' …"</c>: each hole is coloured as stock colours it.</summary>
/// <remarks>Programs can put any bytes into a message. The renderer takes colours out where they are not wanted.</remarks>
[InterpolatedStringHandler]
public sealed class Hint
{
    private readonly ArrayBufferWriter<byte> _text;

    public Hint(int literalLength, int formattedCount) =>
        _text = new(Math.Max(16, literalLength + (formattedCount * 32)));

    private Hint(ReadOnlySpan<byte> text)
    {
        _text = new(Math.Max(1, text.Length));
        _text.Write(text);
    }

    public ReadOnlyMemory<byte> Text => _text.WrittenMemory;

    /// <summary>A text without holes; nothing in it gets a colour.</summary>
    public static implicit operator Hint(string text) => new(Encoding.UTF8.GetBytes(text));

    public static Hint FromString(string text) => text;

    public static Hint Of(ReadOnlySpan<byte> text) => new(text);

    public void AppendLiteral(string text) => _text.Write(Encoding.UTF8.GetBytes(text));

    public void AppendFormatted(ReadOnlySpan<byte> argument)
    {
        AppendLiteral(TerminalColor.Magenta);
        _text.Write(argument);
        AppendLiteral(TerminalColor.Normal);
    }

    public void AppendFormatted(string argument) =>
        AppendFormatted(new ReadOnlySpan<byte>(Encoding.UTF8.GetBytes(argument)));

    public void AppendFormatted(StringValue argument) => AppendFormatted(argument.Bytes);

    public void AppendFormatted(ByteString argument) => AppendFormatted(argument.Span);

    /// <summary>A name as a program would write it: in quotes unless it is an identifier.</summary>
    public void AppendFormatted(Symbol argument)
    {
        var name = new ArrayBufferWriter<byte>(argument.Bytes.Length + 2);
        LiteralText.WriteAttributeName(name, argument.Bytes);
        AppendFormatted(name.WrittenSpan);
    }

    public void AppendFormatted(long argument) =>
        AppendFormatted(argument.ToString(CultureInfo.InvariantCulture));

    /// <summary>Anything else, by its text.</summary>
    public void AppendFormatted<T>(T argument) => AppendFormatted(argument?.ToString() ?? "");

    /// <summary>The text without colours; bytes that are not UTF-8 become U+FFFD.</summary>
    public override string ToString() =>
        Encoding.UTF8.GetString(TerminalColor.Strip(_text.WrittenSpan));
}
