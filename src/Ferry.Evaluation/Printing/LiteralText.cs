using System.Buffers;
using System.Text;

namespace Ferry.Evaluation.Printing;

/// <summary>Strings and names as Nix source.</summary>
public static class LiteralText
{
    private static readonly SearchValues<byte> s_nameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'-"u8
    );

    /// <summary>A string between quotes, with escapes.</summary>
    public static void WriteString(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        output.Write("\""u8);
        for (var index = 0; index < text.Length; index++)
            WriteEscaped(output, text, index);
        output.Write("\""u8);
    }

    /// <summary>One byte of a string literal.</summary>
    internal static void WriteEscaped(
        IBufferWriter<byte> output,
        ReadOnlySpan<byte> text,
        int index
    )
    {
        var value = text[index];
        switch (value)
        {
            case (byte)'"':
                output.Write("\\\""u8);
                break;
            case (byte)'\\':
                output.Write("\\\\"u8);
                break;
            case (byte)'\n':
                output.Write("\\n"u8);
                break;
            case (byte)'\r':
                output.Write("\\r"u8);
                break;
            case (byte)'\t':
                output.Write("\\t"u8);
                break;
            case (byte)'$' when index + 1 < text.Length && text[index + 1] == '{':
                output.Write("\\$"u8);
                break;
            default:
                output.Write([value]);
                break;
        }
    }

    /// <summary>A name in a set: bare where the parser would read it back, otherwise a string.</summary>
    public static void WriteAttributeName(IBufferWriter<byte> output, ReadOnlySpan<byte> name)
    {
        if (IsBareName(name))
            output.Write(name);
        else
            WriteString(output, name);
    }

    /// <summary>True when the name needs no quotes in a set.</summary>
    public static bool IsBareName(ReadOnlySpan<byte> name) =>
        name.Length > 0
        && !IsKeyword(name)
        && name[0] is not ((>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'\'')
        && !name.ContainsAnyExcept(s_nameCharacters);

    private static bool IsKeyword(ReadOnlySpan<byte> name) =>
        Encoding.UTF8.GetString(name)
            is "if"
                or "then"
                or "else"
                or "assert"
                or "with"
                or "let"
                or "in"
                or "rec"
                or "inherit";
}
