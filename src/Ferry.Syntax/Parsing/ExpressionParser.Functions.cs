using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Lexing;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Parsing;

/// <content>Functions and their formals.</content>
internal sealed partial class ExpressionParser
{
    // Stock counts them in 16 bits.
    private const int FormalsMax = ushort.MaxValue;

    private sealed record FormalSet(List<Formal> Formals, bool HasEllipsis);

    // "{" starts formals or a set; at most the name behind it must be read to know which.
    private Expression ParseFromBrace(int start)
    {
        var documentation = _lexer.Documentation;
        Advance();
        switch (_kind)
        {
            case TokenKind.RightBrace:
                Advance();
                return _kind is TokenKind.Colon or TokenKind.At
                    ? ParseFunction(start, documentation, new FormalSet([], false))
                    : ParsePipes(new AttributeSetExpression { Position = At(start) }, start);
            case TokenKind.Ellipsis:
                return ParseFunction(start, documentation, ParseFormals([]));
            case TokenKind.Identifier:
                var nameStart = _lexer.Start;
                var nameEnd = _lexer.End;
                var nameDocumentation = _lexer.Documentation;
                Advance();
                if (_kind is TokenKind.Comma or TokenKind.Question or TokenKind.RightBrace)
                {
                    var formals = ParseFormals([ParseFormal(nameStart, nameEnd)]);
                    return ParseFunction(start, documentation, formals);
                }

                var attributes = new AttributeSetExpression { Position = At(start) };
                ParseBindingFromName(attributes, nameStart, nameEnd, nameDocumentation);
                return ParsePipes(ParseSetRest(attributes), start);
            default:
                return ParsePipes(
                    ParseSetRest(new AttributeSetExpression { Position = At(start) }),
                    start
                );
        }
    }

    // After the formals: perhaps a name for the whole argument, then the body.
    private LambdaExpression ParseFunction(
        int start,
        Lexer.DocumentationSpan documentation,
        FormalSet formals
    )
    {
        var (nameStart, nameEnd) = (0, 0);
        if (_kind == TokenKind.At)
        {
            Advance();
            (nameStart, nameEnd) = (_lexer.Start, _lexer.End);
            Expect(TokenKind.Identifier);
        }

        Expect(TokenKind.Colon);
        var body = ParseExpression();
        var argument = nameEnd == 0 ? null : InternAt(nameStart, nameEnd);
        return MakeLambda(documentation, At(start), argument, formals, body);
    }

    private FormalSet ParseFormalSet()
    {
        Expect(TokenKind.LeftBrace);
        if (_kind == TokenKind.RightBrace)
        {
            Advance();
            return new FormalSet([], false);
        }

        return ParseFormals(_kind == TokenKind.Ellipsis ? [] : [ParseFormal()]);
    }

    // At the sign after the first formal, or at "..." when there is none. Reads the closing brace, too.
    private FormalSet ParseFormals(List<Formal> formals)
    {
        var isAfterComma = formals.Count == 0;
        while (_kind == TokenKind.Comma)
        {
            Advance();
            isAfterComma = _kind != TokenKind.Identifier;
            if (isAfterComma)
                break;
            formals.Add(ParseFormal());
        }

        var hasEllipsis = isAfterComma && _kind == TokenKind.Ellipsis;
        if (hasEllipsis)
            Advance();
        Expect(TokenKind.RightBrace);
        return new FormalSet(formals, hasEllipsis);
    }

    private Formal ParseFormal()
    {
        if (_kind != TokenKind.Identifier)
            FailAtToken();

        var (start, end) = (_lexer.Start, _lexer.End);
        Advance();
        return ParseFormal(start, end);
    }

    // After the name. It is interned last, as in stock: the order of symbols decides which of two errors is shown.
    private Formal ParseFormal(int start, int end)
    {
        Expression? fallback = null;
        if (_kind == TokenKind.Question)
        {
            Advance();
            fallback = ParseExpression();
        }

        return new Formal(InternAt(start, end), fallback, At(start));
    }

    private LambdaExpression MakeLambda(
        Lexer.DocumentationSpan documentation,
        SourcePosition position,
        Symbol? argument,
        FormalSet? formals,
        Expression body
    )
    {
        if (formals is not null && !HasFailed)
            CheckFormals(formals.Formals, argument, position);

        var lambda = new LambdaExpression(position, argument, formals?.Formals.ToArray(), body)
        {
            HasEllipsis = formals is { HasEllipsis: true },
        };
        Document(lambda, documentation);
        return lambda;
    }

    private void CheckFormals(List<Formal> formals, Symbol? argument, SourcePosition position)
    {
        const int pairwiseMax = 8;
        var isUnique =
            formals.Count <= pairwiseMax ? !HasEqualPair(formals) : HasOnlyDistinct(formals);
        if (!isUnique)
            Fail(DuplicateFormal(formals));

        foreach (var formal in formals)
        {
            if (ReferenceEquals(formal.Name, argument))
                Fail(SyntaxErrors.DuplicateFormal(new(_source, position), argument));
        }

        if (formals.Count > FormalsMax)
            Fail(SyntaxErrors.TooManyFormals(new(_source, position), FormalsMax));
    }

    private static bool HasEqualPair(List<Formal> formals)
    {
        for (var first = 0; first < formals.Count; first++)
        {
            for (var second = first + 1; second < formals.Count; second++)
            {
                if (ReferenceEquals(formals[first].Name, formals[second].Name))
                    return true;
            }
        }

        return false;
    }

    private static bool HasOnlyDistinct(List<Formal> formals)
    {
        var names = new HashSet<Symbol>(formals.Count);
        foreach (var formal in formals)
        {
            if (!names.Add(formal.Name))
                return false;
        }

        return true;
    }

    // The second occurrence of the oldest name that occurs twice.
    private SyntaxException DuplicateFormal(List<Formal> formals)
    {
        var repeated = formals
            .GroupBy(formal => formal.Name)
            .Where(group => group.Skip(1).Any())
            .MinBy(group => group.Key.Id)!;
        return SyntaxErrors.DuplicateFormal(
            new(_source, repeated.ElementAt(1).Position),
            repeated.Key
        );
    }

    // The innermost comment wins; an outer one describes the functions inside that have none.
    private static void Document(Expression expression, Lexer.DocumentationSpan documentation)
    {
        if (documentation.End == 0)
            return;

        var comment = new DocumentationComment(At(documentation.Start), At(documentation.End));
        while (expression is LambdaExpression { Documentation.Exists: false } lambda)
        {
            lambda.Documentation = comment;
            expression = lambda.Body;
        }
    }
}
