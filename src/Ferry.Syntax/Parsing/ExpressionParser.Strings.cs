using System.Text;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Lexing;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Parsing;

/// <content>Strings, indented strings and paths, with what is interpolated into them.</content>
internal sealed partial class ExpressionParser
{
    private Expression ParseString()
    {
        Advance();
        if (_kind == TokenKind.Quote)
        {
            Advance();
            return new StringExpression(default);
        }

        var start = _lexer.Start;
        StringExpression? first = null;
        if (_kind == TokenKind.String)
        {
            first = new StringExpression(_lexer.Value);
            Advance();
            if (_kind == TokenKind.Quote)
            {
                Advance();
                return first;
            }
        }

        List<StringPart> parts = [];
        if (first is not null)
            parts.Add(new StringPart(first, At(start)));
        ParseInterpolatedParts(parts, TokenKind.Quote);
        return new ConcatenateStringsExpression(At(start), isForcedToString: true, [.. parts]);
    }

    // From a "${" to the end of the string or path.
    private void ParseInterpolatedParts(List<StringPart> parts, TokenKind end)
    {
        parts.Add(ParseInterpolation());
        while (true)
        {
            switch (_kind)
            {
                case TokenKind.String:
                    var text = new StringExpression(_lexer.Value);
                    parts.Add(new StringPart(text, At(_lexer.Start)));
                    Advance();
                    break;
                case TokenKind.DollarBrace:
                    parts.Add(ParseInterpolation());
                    break;
                default:
                    Expect(end);
                    return;
            }
        }
    }

    private StringPart ParseInterpolation()
    {
        var start = _lexer.Start;
        Expect(TokenKind.DollarBrace);
        var value = ParseExpression();
        Expect(TokenKind.RightBrace);
        return new StringPart(value, At(start));
    }

    private Expression ParseIndentedString(int start)
    {
        Advance();
        List<IndentedPart> parts = [];
        while (true)
        {
            var partStart = _lexer.Start;
            switch (_kind)
            {
                case TokenKind.IndentedString:
                    parts.Add(new(At(partStart), _lexer.Value, _lexer.HasIndentation));
                    Advance();
                    break;
                case TokenKind.DollarBrace:
                    Advance();
                    var value = ParseExpression();
                    Expect(TokenKind.RightBrace);
                    parts.Add(new(At(partStart), value));
                    break;
                default:
                    Expect(TokenKind.IndentedStringClose);
                    return IndentationStripper.Strip(At(start), parts);
            }
        }
    }

    private Expression ParsePath(int start)
    {
        var path = MakePath();
        Advance();
        if (_kind == TokenKind.PathEnd)
        {
            Advance();
            return path;
        }

        List<StringPart> parts = [new(path, At(start))];
        if (_kind == TokenKind.String)
        {
            parts.Add(new(new StringExpression(_lexer.Value), At(_lexer.Start)));
            Advance();
        }

        ParseInterpolatedParts(parts, TokenKind.PathEnd);
        return new ConcatenateStringsExpression(At(start), isForcedToString: false, [.. parts]);
    }

    private PathExpression MakePath()
    {
        var written = _lexer.WrittenMemory;
        var isHomePath = _kind == TokenKind.HomePath;
        if (isHomePath && _options.IsPure)
            Fail(SyntaxErrors.HomePathInPureMode(written));

        var isRelative = !isHomePath && written.Span[0] != '/';
        if (_options.AbsolutePathLiterals != LintLevel.Ignore && !isRelative)
            LintAbsolutePath(_lexer.Start, written);
        if (_options.ShortPathLiterals != LintLevel.Ignore && isRelative && written.Span[0] != '.')
            LintShortPath(_lexer.Start, written);

        if (isHomePath)
            return new PathExpression(HomePath(written.Span), isRelative);
        return new PathExpression(
            isRelative
                ? PathLiteral.Relative(written.Span, _source.BaseDirectory)
                : PathLiteral.Absolute(written.Span),
            isRelative
        );
    }

    // Stock leaves it as written, dots and all.
    private byte[] HomePath(ReadOnlySpan<byte> written)
    {
        if (_options.HomeDirectory is not { } home)
        {
            Fail(SyntaxErrors.NoHome(Location(_lexer.Start)));
            return [];
        }

        return [.. Encoding.UTF8.GetBytes(home), .. written[1..]];
    }
}
