using System.Text;
using Ferry.Syntax.Lexing;

namespace Ferry.Syntax.Text;

/// <summary>Comments of the form <c>/** … */</c>, which document what follows them.</summary>
public static class DocumentationComments
{
    /// <summary>The comment right before a token. Cost: linear in what stands before it.</summary>
    /// <param name="source">A text that has been parsed.</param>
    /// <param name="position">Where the token begins.</param>
    /// <returns>Its bytes with the slashes and stars; empty when there is none.</returns>
    public static ReadOnlyMemory<byte> Before(SourceText source, SourcePosition position)
    {
        var lexer = new Lexer(source, allowsPipeOperators: true);
        do lexer.Advance();
        while (lexer.Kind != TokenKind.EndOfFile && lexer.Start < position.Offset);
        var comment = lexer.Documentation;
        return lexer.Start == position.Offset
            ? source.Bytes[comment.Start..comment.End]
            : ReadOnlyMemory<byte>.Empty;
    }

    /// <summary>What a comment says, without its marks and the indentation that all its lines share.</summary>
    public static string Text(ReadOnlySpan<byte> comment)
    {
        const int openingLength = 3;
        const int closingLength = 2;
        if (comment.Length <= openingLength + closingLength)
            return "";
        var inner = Encoding.UTF8.GetString(comment[openingLength..^closingLength]);
        // Where the marks stood counts as space, so that a text on the first line lines up.
        return WithoutIndentation(new string(' ', openingLength) + inner);
    }

    /// <summary>Takes off the indentation that all lines share. Every line then has an end.</summary>
    public static string WithoutIndentation(string text)
    {
        var lines = text.Split('\n').ToList();
        if (lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        var shared = lines
            .Where(line => line.Any(character => character != ' '))
            .Select(line => line.Length - line.TrimStart(' ').Length)
            .DefaultIfEmpty(0)
            .Min();
        var result = new StringBuilder();
        foreach (var line in lines)
            result.Append(line.Length > shared ? line[shared..] : "").Append('\n');
        return result.ToString();
    }
}
