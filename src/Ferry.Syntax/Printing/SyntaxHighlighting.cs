using System.Text;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Lexing;
using Ferry.Syntax.Text;

namespace Ferry.Syntax.Printing;

/// <summary>Colours a line of a program for a terminal, whether or not it is complete or correct.</summary>
public static class SyntaxHighlighting
{
    /// <param name="line">Without escape sequences.</param>
    /// <returns>The same text with colours; it takes as much room as before.</returns>
    public static string Highlight(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var result = new StringBuilder();
        // A command of the REPL is no part of the language.
        var start = line.StartsWith(':')
            ? line.IndexOf(' ') is >= 0 and var space
                ? space
                : line.Length
            : 0;
        if (start > 0)
            Append(result, TerminalColor.Magenta, line[..start]);
        var done = Encoding.UTF8.GetByteCount(line.AsSpan(0, start));
        var offset = done;
        var lexer = new Lexer(
            SourceText.FromString(bytes.AsMemory(offset), "/"),
            allowsPipeOperators: true
        );
        try
        {
            for (lexer.Advance(); lexer.Kind != TokenKind.EndOfFile; lexer.Advance())
            {
                var (from, to) = (lexer.Start + offset, lexer.End + offset);
                if (from < done)
                    continue;
                // Between tokens are space and comments.
                Append(result, TerminalColor.Faint, Text(done, from));
                Append(result, ColorOf(lexer.Kind), Text(from, to));
                done = to;
            }
        }
        catch (SyntaxException)
        {
            // What cannot be read yet stays as it is.
        }

        return result.Append(Text(done, bytes.Length)).ToString();

        string Text(int from, int to) => Encoding.UTF8.GetString(bytes.AsSpan(from, to - from));
    }

    private static string? ColorOf(TokenKind kind) =>
        kind switch
        {
            TokenKind.If
            or TokenKind.Then
            or TokenKind.Else
            or TokenKind.Assert
            or TokenKind.With
            or TokenKind.Let
            or TokenKind.In
            or TokenKind.Rec
            or TokenKind.Inherit
            or TokenKind.OrKeyword => TerminalColor.Blue,
            TokenKind.Integer or TokenKind.Float => TerminalColor.Cyan,
            TokenKind.Path or TokenKind.HomePath or TokenKind.SearchPath or TokenKind.Uri =>
                TerminalColor.Green,
            TokenKind.Quote
            or TokenKind.IndentedStringOpen
            or TokenKind.IndentedStringClose
            or TokenKind.String
            or TokenKind.IndentedString => TerminalColor.Magenta,
            _ => null,
        };

    private static void Append(StringBuilder result, string? color, string text)
    {
        if (color is null || string.IsNullOrWhiteSpace(text))
            result.Append(text);
        else
            result.Append(color).Append(text).Append(TerminalColor.Normal);
    }
}
