using System.Runtime.CompilerServices;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Lexing;
using Ferry.Syntax.Parsing.Expectations;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Parsing;

/// <summary>Recursive descent over one text, with one token of look-ahead. Used once, by one thread.</summary>
/// <remarks>
/// It accepts exactly what stock's grammar accepts. When a token does not fit, it asks
/// <see cref="SyntaxErrorFinder"/> for stock's words, which depend on how stock's parser was generated.
/// </remarks>
internal sealed partial class ExpressionParser
{
    private readonly SourceText _source;
    private readonly ParserOptions _options;
    private readonly Lexer _lexer;
    private readonly OperatorSymbols _symbols;

    // Kept beside the lexer's own, as nearly every step asks for it.
    private TokenKind _kind;

    private SyntaxException? _failure;
    private bool _isTokenUnexpected;

    // What follows a failure is read as this; nobody sees it.
    private static readonly Expression s_nothing = new IntegerExpression(0);

    // True for a line of the REPL; only the finder of errors must know.
    private bool _isOnlyBindings;

    public ExpressionParser(SourceText source, ParserOptions options)
    {
        (_source, _options) = (source, options);
        _symbols = options.Symbols.Operators;
        _lexer = new Lexer(source, options.AllowsPipeOperators);
    }

    public Expression ParseText()
    {
        Advance();
        var expression = ParseExpression();
        ExpectEnd();
        return expression;
    }

    public AttributeSetExpression ParseOnlyBindings()
    {
        _isOnlyBindings = true;
        Advance();
        var isEmpty = _kind == TokenKind.EndOfFile;
        var bindings = new AttributeSetExpression();
        ParseBindings(bindings);
        if (isEmpty)
            FailAtToken();
        ExpectEnd();
        return bindings;
    }

    /// <summary>A whole expression: a function, <c>let</c>, <c>with</c>, <c>assert</c>, <c>if</c> or operators.</summary>
    private Expression ParseExpression()
    {
        EnsureStack();
        var start = _lexer.Start;
        switch (_kind)
        {
            case TokenKind.Identifier:
                return ParseFromIdentifier(start);
            case TokenKind.LeftBrace:
                return ParseFromBrace(start);
            case TokenKind.Let:
                return ParseFromLet(start);
            case TokenKind.Assert:
            {
                Advance();
                var condition = ParseExpression();
                Expect(TokenKind.Semicolon);
                return new AssertExpression(At(start), condition, ParseExpression());
            }
            case TokenKind.With:
            {
                Advance();
                var attributes = ParseExpression();
                Expect(TokenKind.Semicolon);
                return new WithExpression(At(start), attributes, ParseExpression());
            }
            case TokenKind.If:
            {
                Advance();
                var condition = ParseExpression();
                Expect(TokenKind.Then);
                var whenTrue = ParseExpression();
                Expect(TokenKind.Else);
                return new IfExpression(At(start), condition, whenTrue, ParseExpression());
            }
            default:
                return ParsePipes(null, start);
        }
    }

    private Expression ParseFromIdentifier(int start)
    {
        var end = _lexer.End;
        var documentation = _lexer.Documentation;
        Advance();
        if (_kind is not (TokenKind.Colon or TokenKind.At))
            return ParsePipes(MakeVariable(start, end), start);

        FormalSet? formals = null;
        if (_kind == TokenKind.At)
        {
            Advance();
            formals = ParseFormalSet();
        }

        Expect(TokenKind.Colon);
        var body = ParseExpression();
        return MakeLambda(documentation, At(start), InternAt(start, end), formals, body);
    }

    private Expression ParseFromLet(int start)
    {
        Advance();
        if (_kind == TokenKind.LeftBrace)
            return ParsePipes(ParseLegacyLet(start), start);

        var bindings = new AttributeSetExpression();
        ParseBindings(bindings);
        Expect(TokenKind.In);
        var body = ParseExpression();
        if (bindings.DynamicAttributes.Length > 0)
            Fail(SyntaxErrors.DynamicAttributeInLet(Location(start)));

        return new LetExpression(bindings, body);
    }

    private void Advance()
    {
        try
        {
            _lexer.Advance();
            _kind = _lexer.Kind;
        }
        catch (SyntaxException failure)
        {
            Fail(failure);
        }
    }

    private void Expect(TokenKind kind)
    {
        if (_kind != kind)
            FailAtToken();

        Advance();
    }

    private void ExpectEnd()
    {
        if (_kind != TokenKind.EndOfFile)
            FailAtToken();
        if (_isTokenUnexpected)
        {
            var lexer = new Lexer(_source, _options.AllowsPipeOperators, _isOnlyBindings);
            throw SyntaxErrorFinder.Find(_source, lexer);
        }

        if (_failure is not null)
            throw _failure;
    }

    private bool HasFailed => _isTokenUnexpected || _failure is not null;

    // The first failure counts. After it the text is at its end, so that what is being parsed returns soon: an exception
    // would visit every frame of it, and so would each collection of garbage while the words for it are found.
    private void Fail(SyntaxException failure)
    {
        if (!HasFailed)
            _failure = failure;
        Finish();
    }

    private Expression FailAtToken()
    {
        _isTokenUnexpected |= _failure is null;
        Finish();
        return s_nothing;
    }

    private void Finish()
    {
        _lexer.Finish();
        _kind = TokenKind.EndOfFile;
    }

    // Below any limit the runtime would end the process, not the parse. Deep texts are also what takes long.
    private void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack() || _options.IsInterrupted())
            FailNestedTooDeeply();
    }

    private void FailNestedTooDeeply() =>
        Fail(SyntaxErrors.NestedTooDeeply(Location(_lexer.Start)));

    private static SourcePosition At(int offset) => SourcePosition.At(offset);

    private SourceLocation Location(int offset) => new(_source, SourcePosition.At(offset));

    // The order of symbols is seen: what follows a failure adds none.
    private Symbol InternAt(int start, int end) =>
        HasFailed ? _symbols.Or : _options.Symbols.Intern(_lexer.Slice(start, end));

    private Expression MakeVariable(int start, int end)
    {
        var name = _lexer.Slice(start, end);
        return name.SequenceEqual("__curPos"u8)
            ? new CurrentPositionExpression(At(start))
            : new VariableExpression(_options.Symbols.Intern(name), At(start));
    }
}
