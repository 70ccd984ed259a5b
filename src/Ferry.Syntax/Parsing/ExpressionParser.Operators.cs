using Ferry.Syntax.Lexing;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Parsing;

/// <content>Operators, by precedence climbing.</content>
internal sealed partial class ExpressionParser
{
    /// <summary>How tight operators bind; a higher number binds tighter.</summary>
    private enum Precedence : byte
    {
        None,
        Implies,
        Or,
        And,
        Equality,
        Comparison,
        Update,
        Not,
        Sum,
        Product,
        Concatenation,
        HasAttribute,
    }

    // Pipes bind weakest, do not mix, and take no function or "if" on their right side.
    private Expression ParsePipes(Expression? head, int start)
    {
        var left = ParseBinary(head, start, Precedence.Implies);
        switch (_kind)
        {
            case TokenKind.PipeFrom:
                return ParsePipeFrom(left);
            case TokenKind.PipeInto:
                while (_kind == TokenKind.PipeInto)
                {
                    var position = At(_lexer.Start);
                    Advance();
                    var function = ParseBinary(null, _lexer.Start, Precedence.Implies);
                    left = Call(position, function, left);
                }

                return left;
            default:
                return left;
        }
    }

    private Expression ParsePipeFrom(Expression function)
    {
        EnsureStack();
        var position = At(_lexer.Start);
        Advance();
        var argument = ParseBinary(null, _lexer.Start, Precedence.Implies);
        if (_kind == TokenKind.PipeFrom)
            argument = ParsePipeFrom(argument);
        return Call(position, function, argument);
    }

    /// <param name="head">An operand's start that is already read; null when the operand is still to come.</param>
    /// <param name="start">Where the left operand starts.</param>
    /// <param name="least">Operators that bind less tightly are left to the caller.</param>
    private Expression ParseBinary(Expression? head, int start, Precedence least)
    {
        EnsureStack();
        var left = head is null ? ParsePrefix() : ParseApplication(head, start);
        while (true)
        {
            var kind = _kind;
            var precedence = PrecedenceOf(kind);
            if (precedence < least || precedence == Precedence.None)
                return left;

            var operatorStart = _lexer.Start;
            Advance();
            if (kind == TokenKind.Question)
            {
                left = new HasAttributeExpression(left, ParseAttributePath());
                continue;
            }

            var rightStart = _lexer.Start;
            var isRightAssociative =
                precedence is Precedence.Implies or Precedence.Update or Precedence.Concatenation;
            var right = ParseBinary(
                null,
                rightStart,
                isRightAssociative ? precedence : precedence + 1
            );
            left = MakeBinary(kind, operatorStart, (left, start), (right, rightStart));

            var isNotAssociative = precedence is Precedence.Equality or Precedence.Comparison;
            if (isNotAssociative && PrecedenceOf(_kind) == precedence)
                return FailAtToken();
        }
    }

    private Expression ParsePrefix()
    {
        var start = _lexer.Start;
        switch (_kind)
        {
            case TokenKind.Not:
                Advance();
                return new NotExpression(ParseBinary(null, _lexer.Start, Precedence.Sum));
            case TokenKind.Minus:
                EnsureStack();
                Advance();
                return new CallExpression(
                    At(start),
                    new VariableExpression(_symbols.Subtract, default),
                    new IntegerExpression(0),
                    ParsePrefix()
                );
            default:
                return ParseApplication(null, start);
        }
    }

    private Expression MakeBinary(
        TokenKind kind,
        int operatorStart,
        (Expression Value, int Start) left,
        (Expression Value, int Start) right
    )
    {
        var position = At(operatorStart);
        return kind switch
        {
            TokenKind.Implies => Binary(BinaryOperator.Implies),
            TokenKind.Or => Binary(BinaryOperator.Or),
            TokenKind.And => Binary(BinaryOperator.And),
            TokenKind.Update => Binary(BinaryOperator.Update),
            TokenKind.Concatenate => Binary(BinaryOperator.Concatenate),
            TokenKind.Equal => Equality(BinaryOperator.Equal),
            TokenKind.NotEqual => Equality(BinaryOperator.NotEqual),
            TokenKind.Less => Arithmetic(_symbols.LessThan),
            TokenKind.GreaterOrEqual => new NotExpression(Arithmetic(_symbols.LessThan)),
            TokenKind.Greater => Swapped(),
            TokenKind.LessOrEqual => new NotExpression(Swapped()),
            TokenKind.Minus => Arithmetic(_symbols.Subtract),
            TokenKind.Star => Arithmetic(_symbols.Multiply),
            TokenKind.Slash => Arithmetic(_symbols.Divide),
            _ => new ConcatenateStringsExpression(
                position,
                isForcedToString: false,
                [new(left.Value, At(left.Start)), new(right.Value, At(right.Start))]
            ),
        };

        BinaryExpression Binary(BinaryOperator binary) =>
            new(binary, position, left.Value, right.Value);

        BinaryExpression Equality(BinaryOperator binary) =>
            new(binary, default, left.Value, right.Value);

        CallExpression Arithmetic(Text.Symbol name) =>
            new(position, new VariableExpression(name, default), left.Value, right.Value);

        CallExpression Swapped() =>
            new(
                position,
                new VariableExpression(_symbols.LessThan, default),
                right.Value,
                left.Value
            );
    }

    private static Precedence PrecedenceOf(TokenKind kind) =>
        kind switch
        {
            TokenKind.Implies => Precedence.Implies,
            TokenKind.Or => Precedence.Or,
            TokenKind.And => Precedence.And,
            TokenKind.Equal or TokenKind.NotEqual => Precedence.Equality,
            TokenKind.Less
            or TokenKind.Greater
            or TokenKind.LessOrEqual
            or TokenKind.GreaterOrEqual => Precedence.Comparison,
            TokenKind.Update => Precedence.Update,
            TokenKind.Plus or TokenKind.Minus => Precedence.Sum,
            TokenKind.Star or TokenKind.Slash => Precedence.Product,
            TokenKind.Concatenate => Precedence.Concatenation,
            TokenKind.Question => Precedence.HasAttribute,
            _ => Precedence.None,
        };

    // A call is extended in place: "(f a) b" and "f a b" are the same node.
    private static Expression Call(
        Text.SourcePosition position,
        Expression function,
        Expression argument
    )
    {
        if (function is not CallExpression call)
            return new CallExpression(position, function, argument);

        call.Append(argument);
        return call;
    }
}
