using Ferry.Syntax.Diagnostics;
using static Ferry.Syntax.Lexing.CharacterClasses;

namespace Ferry.Syntax.Lexing;

/// <content>Operators, brackets and everything else that starts with a sign.</content>
internal sealed partial class Lexer
{
    private TokenKind NextSign(byte first)
    {
        var second = ByteAt(End + 1);
        switch (first)
        {
            case (byte)'{':
                Push(Mode.Nested);
                return Accept(1, TokenKind.LeftBrace);
            case (byte)'}':
                if (_mode != Mode.Initial)
                    Pop();
                return Accept(1, TokenKind.RightBrace);
            case (byte)'"':
                Push(Mode.String);
                return Accept(1, TokenKind.Quote);
            case (byte)'\'' when second == '\'':
                return OpenIndentedString();
            case (byte)'$' when second == '{':
                Push(Mode.Nested);
                return Accept(2, TokenKind.DollarBrace);
            case (byte)'.':
                return NextDot(second);
            case (byte)'-' or (byte)'+' or (byte)'/' when PathLength(End) is > 0 and var pathLength:
                return AcceptPath(pathLength, TokenKind.Path);
            case (byte)'~' when second == '/' && PathLength(End + 1) is > 0 and var homePathLength:
                return AcceptPath(homePathLength + 1, TokenKind.HomePath);
            case (byte)'<' when SearchPathLength() is > 0 and var searchPathLength:
                return Accept(searchPathLength, TokenKind.SearchPath);
            case 0 when End < _text.Length:
                // Stock's lexer returns the byte as the token's number, and 0 means the end.
                return Accept(1, TokenKind.EndOfFile);
            case 0:
                return TokenKind.EndOfFile;
            default:
                return NextOperator(first, second);
        }
    }

    private TokenKind NextDot(byte second)
    {
        if (PathLength(End) is > 0 and var pathLength)
            return AcceptPath(pathLength, TokenKind.Path);
        if (second == '.' && ByteAt(End + 2) == '.')
            return Accept(3, TokenKind.Ellipsis);

        return Is(second, Digit) ? AcceptFloat(End + 1) : Accept(1, TokenKind.Dot);
    }

    private TokenKind NextOperator(byte first, byte second)
    {
        switch ((first, second))
        {
            case ((byte)'=', (byte)'='):
                return Accept(2, TokenKind.Equal);
            case ((byte)'!', (byte)'='):
                return Accept(2, TokenKind.NotEqual);
            case ((byte)'<', (byte)'='):
                return Accept(2, TokenKind.LessOrEqual);
            case ((byte)'>', (byte)'='):
                return Accept(2, TokenKind.GreaterOrEqual);
            case ((byte)'&', (byte)'&'):
                return Accept(2, TokenKind.And);
            case ((byte)'|', (byte)'|'):
                return Accept(2, TokenKind.Or);
            case ((byte)'-', (byte)'>'):
                return Accept(2, TokenKind.Implies);
            case ((byte)'/', (byte)'/'):
                return Accept(2, TokenKind.Update);
            case ((byte)'+', (byte)'+'):
                return Accept(2, TokenKind.Concatenate);
            case ((byte)'<', (byte)'|'):
                return AcceptPipe(TokenKind.PipeFrom);
            case ((byte)'|', (byte)'>'):
                return AcceptPipe(TokenKind.PipeInto);
            default:
                return Accept(1, SingleSign(first));
        }
    }

    private static TokenKind SingleSign(byte sign) =>
        sign switch
        {
            (byte)'=' => TokenKind.Assign,
            (byte)';' => TokenKind.Semicolon,
            (byte)':' => TokenKind.Colon,
            (byte)',' => TokenKind.Comma,
            (byte)'(' => TokenKind.LeftParenthesis,
            (byte)')' => TokenKind.RightParenthesis,
            (byte)'[' => TokenKind.LeftBracket,
            (byte)']' => TokenKind.RightBracket,
            (byte)'+' => TokenKind.Plus,
            (byte)'-' => TokenKind.Minus,
            (byte)'*' => TokenKind.Star,
            (byte)'/' => TokenKind.Slash,
            (byte)'<' => TokenKind.Less,
            (byte)'>' => TokenKind.Greater,
            (byte)'?' => TokenKind.Question,
            (byte)'@' => TokenKind.At,
            (byte)'!' => TokenKind.Not,
            _ => TokenKind.Invalid,
        };

    private TokenKind AcceptPipe(TokenKind kind)
    {
        Accept(2);
        return _allowsPipeOperators
            ? kind
            : throw SyntaxErrors.FeatureIsOff(Location(Start), "pipe-operators");
    }

    private void Push(Mode mode)
    {
        _modes.Push(_mode);
        _mode = mode;
    }

    private void Pop() => _mode = _modes.Pop();

    private Text.SourceLocation Location(int offset) =>
        new(_source, Text.SourcePosition.At(offset));
}
