using Ferry.Syntax.Lexing;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Parsing;

/// <content>Function application, selection and the simplest expressions.</content>
internal sealed partial class ExpressionParser
{
    // Where the newest "f or" ends; for its warning.
    private int _oddOrEnd;

    /// <param name="head">The first simple expression, if it is already read.</param>
    /// <param name="start">Where it starts.</param>
    private Expression ParseApplication(Expression? head, int start)
    {
        var function = ParseSelect(head ?? ParseSimple(), start, out _);
        while (StartsSimple(_kind))
        {
            var argumentStart = _lexer.Start;
            var argument = ParseSelect(ParseSimple(), argumentStart, out var isOddOr);
            function = Call(At(start), function, argument);
            if (isOddOr)
                WarnOfOddOr(argumentStart);
        }

        return function;
    }

    /// <param name="subject">A simple expression.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="isOddOr">True for <c>f or</c>, where <c>or</c> is a name.</param>
    private Expression ParseSelect(Expression subject, int start, out bool isOddOr)
    {
        isOddOr = _kind == TokenKind.OrKeyword;
        if (isOddOr)
        {
            _oddOrEnd = _lexer.End;
            Advance();
            var name = new VariableExpression(_symbols.Or, At(start));
            return new CallExpression(At(start), subject, name);
        }

        if (_kind != TokenKind.Dot)
            return subject;

        Advance();
        var path = ParseAttributePath();
        if (_kind != TokenKind.OrKeyword)
            return new SelectExpression(At(start), subject, path, null);

        EnsureStack();
        Advance();
        var fallbackStart = _lexer.Start;
        var fallback = ParseSelect(ParseSimple(), fallbackStart, out var isOddFallback);
        if (isOddFallback)
            WarnOfOddOr(fallbackStart);
        return new SelectExpression(At(start), subject, path, fallback);
    }

    private AttributeName[] ParseAttributePath()
    {
        var first = ParseAttributeName();
        if (_kind != TokenKind.Dot)
            return [first];

        List<AttributeName> path = [first];
        while (_kind == TokenKind.Dot)
        {
            Advance();
            path.Add(ParseAttributeName());
        }

        return [.. path];
    }

    private AttributeName ParseAttributeName()
    {
        switch (_kind)
        {
            case TokenKind.Identifier:
                var symbol = InternAt(_lexer.Start, _lexer.End);
                Advance();
                return new AttributeName(symbol);
            case TokenKind.OrKeyword:
                Advance();
                return new AttributeName(_symbols.Or);
            case TokenKind.Quote:
                return NameOf(ParseString());
            case TokenKind.DollarBrace:
                Advance();
                var expression = ParseExpression();
                Expect(TokenKind.RightBrace);
                return NameOf(expression);
            default:
                FailAtToken();
                return new AttributeName(_symbols.Or);
        }
    }

    // A string literal is a known name, however it is written: also as ${"a"} or ${''a''}.
    private AttributeName NameOf(Expression expression) =>
        expression is StringExpression literal
            ? new AttributeName(_options.Symbols.Intern(literal.Value.Span))
            : new AttributeName(expression);

    private static bool StartsSimple(TokenKind kind) =>
        kind
            is TokenKind.Identifier
                or TokenKind.Integer
                or TokenKind.Float
                or TokenKind.Quote
                or TokenKind.IndentedStringOpen
                or TokenKind.Path
                or TokenKind.HomePath
                or TokenKind.SearchPath
                or TokenKind.Uri
                or TokenKind.LeftParenthesis
                or TokenKind.Let
                or TokenKind.Rec
                or TokenKind.LeftBrace
                or TokenKind.LeftBracket;

    private Expression ParseSimple()
    {
        var start = _lexer.Start;
        switch (_kind)
        {
            case TokenKind.Identifier:
                var variable = MakeVariable(start, _lexer.End);
                Advance();
                return variable;
            case TokenKind.Integer:
                var integer = new IntegerExpression(_lexer.Integer);
                Advance();
                return integer;
            case TokenKind.Float:
                var number = new FloatExpression(_lexer.Float);
                Advance();
                return number;
            case TokenKind.Quote:
                return ParseString();
            case TokenKind.IndentedStringOpen:
                return ParseIndentedString(start);
            case TokenKind.Path or TokenKind.HomePath:
                return ParsePath(start);
            case TokenKind.SearchPath:
                return ParseSearchPath(start);
            case TokenKind.Uri:
                if (_options.UrlLiterals != LintLevel.Ignore)
                    LintUrl(start, _lexer.WrittenMemory);
                var uri = new StringExpression(_lexer.WrittenMemory);
                Advance();
                return uri;
            default:
                return ParseBracketed(start);
        }
    }

    private Expression ParseBracketed(int start)
    {
        switch (_kind)
        {
            case TokenKind.LeftParenthesis:
                Advance();
                var inner = ParseExpression();
                Expect(TokenKind.RightParenthesis);
                return inner;
            case TokenKind.LeftBracket:
                return ParseList();
            case TokenKind.LeftBrace:
                Advance();
                return ParseSetRest(new AttributeSetExpression { Position = At(start) });
            case TokenKind.Rec:
                Advance();
                if (_kind != TokenKind.LeftBrace)
                    return FailAtToken();
                return ParseRecursiveSet(start);
            case TokenKind.Let:
                Advance();
                if (_kind != TokenKind.LeftBrace)
                    return FailAtToken();
                return ParseLegacyLet(start);
            default:
                return FailAtToken();
        }
    }

    private ListExpression ParseList()
    {
        EnsureStack();
        Advance();
        List<Expression> elements = [];
        while (StartsSimple(_kind))
        {
            var start = _lexer.Start;
            elements.Add(ParseSelect(ParseSimple(), start, out var isOddOr));
            if (isOddOr)
                WarnOfOddOr(start);
        }

        Expect(TokenKind.RightBracket);
        return new ListExpression([.. elements]);
    }

    private AttributeSetExpression ParseRecursiveSet(int start)
    {
        Advance();
        var attributes = new AttributeSetExpression { Position = At(start), IsRecursive = true };
        return ParseSetRest(attributes);
    }

    // "let { …, body = e; }" means "(rec { …, body = e; }).body".
    private SelectExpression ParseLegacyLet(int start) =>
        new(default, ParseRecursiveSet(start), [new AttributeName(_symbols.Body)], null);

    private CallExpression ParseSearchPath(int start)
    {
        var name = new StringExpression(_lexer.WrittenMemory[1..^1]);
        Advance();
        return new CallExpression(
            At(start),
            new VariableExpression(_symbols.FindFile, default),
            new VariableExpression(_symbols.NixPath, default),
            name
        );
    }
}
