using Ferry.Syntax.Text;

namespace Ferry.Syntax.Tree;

/// <summary><c>[ a b ]</c>; has the position of its first element.</summary>
public sealed class ListExpression : Expression
{
    private readonly Expression[] _elements;

    internal ListExpression(Expression[] elements)
        : base(
            ExpressionKind.List,
            elements is [var first, ..] ? first.Position : SourcePosition.None
        ) => _elements = elements;

    public ReadOnlySpan<Expression> Elements => _elements;
}

/// <summary><c>!e</c>, also around <c>&lt;=</c> and <c>>=</c>; has the position of <c>e</c>.</summary>
public sealed class NotExpression : Expression
{
    internal NotExpression(Expression operand)
        : base(ExpressionKind.Not, operand.Position) => Operand = operand;

    public Expression Operand { get; }
}

/// <summary>The operators that are not calls of a builtin.</summary>
public enum BinaryOperator : byte
{
    Equal,
    NotEqual,
    And,
    Or,
    Implies,
    Update,
    Concatenate,
}

/// <summary>An operator between two expressions; has the operator's position, but for <c>==</c> and <c>!=</c>.</summary>
public sealed class BinaryExpression : Expression
{
    internal BinaryExpression(
        BinaryOperator binaryOperator,
        SourcePosition position,
        Expression left,
        Expression right
    )
        : base(ExpressionKind.Binary, position) =>
        (Operator, Left, Right) = (binaryOperator, left, right);

    public BinaryOperator Operator { get; }

    public Expression Left { get; }

    public Expression Right { get; }
}

/// <param name="Value">A string literal or an interpolated expression.</param>
/// <param name="Position">Of the literal or of its <c>${</c>; for <c>+</c> where the operand starts.</param>
public readonly record struct StringPart(Expression Value, SourcePosition Position);

/// <summary>A string or path with interpolation, or <c>a + b</c>.</summary>
public sealed class ConcatenateStringsExpression : Expression
{
    private readonly StringPart[] _parts;

    internal ConcatenateStringsExpression(
        SourcePosition position,
        bool isForcedToString,
        StringPart[] parts
    )
        : base(ExpressionKind.ConcatenateStrings, position) =>
        (IsForcedToString, _parts) = (isForcedToString, parts);

    /// <summary>True for strings: the result is a string whatever its first part is. <c>+</c> and paths leave it to the first part.</summary>
    public bool IsForcedToString { get; }

    public ReadOnlySpan<StringPart> Parts => _parts;
}
