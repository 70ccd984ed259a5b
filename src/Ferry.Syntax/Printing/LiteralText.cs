using System.Buffers;

namespace Ferry.Syntax.Printing;

/// <summary>Writes names and strings as they would be written in a program.</summary>
public static class LiteralText
{
    private static readonly SearchValues<byte> s_identifierPart = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'-"u8
    );

    private static readonly SearchValues<byte> s_escaped = SearchValues.Create("\"\\\n\r\t$"u8);

    /// <summary>Writes the text in quotes, with escapes.</summary>
    public static void WriteString(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        while (text.IndexOfAny(s_escaped) is >= 0 and var length)
        {
            output.Write(text[..length]);
            output.Write(Escape(text[length], text[(length + 1)..]));
            text = text[(length + 1)..];
        }

        output.Write(text);
        output.Write("\""u8);
    }

    /// <summary>Writes a name bare where the grammar allows it, in quotes elsewhere.</summary>
    public static void WriteIdentifier(ReadOnlySpan<byte> name, IBufferWriter<byte> output)
    {
        if (IsIdentifier(name))
            output.Write(name);
        else
            WriteString(name, output);
    }

    /// <summary>True for what can stand bare as an attribute name. <c>or</c> can, the other reserved words cannot.</summary>
    public static bool IsIdentifier(ReadOnlySpan<byte> name) =>
        name
            is [(>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'_', ..]
        && !name.ContainsAnyExcept(s_identifierPart)
        && !IsReserved(name);

    private static bool IsReserved(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("if"u8)
        || name.SequenceEqual("then"u8)
        || name.SequenceEqual("else"u8)
        || name.SequenceEqual("assert"u8)
        || name.SequenceEqual("with"u8)
        || name.SequenceEqual("let"u8)
        || name.SequenceEqual("in"u8)
        || name.SequenceEqual("rec"u8)
        || name.SequenceEqual("inherit"u8);

    private static ReadOnlySpan<byte> Escape(byte character, ReadOnlySpan<byte> rest) =>
        character switch
        {
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            (byte)'\n' => "\\n"u8,
            (byte)'\r' => "\\r"u8,
            (byte)'\t' => "\\t"u8,
            _ => rest is [(byte)'{', ..] ? "\\$"u8 : "$"u8,
        };
}
