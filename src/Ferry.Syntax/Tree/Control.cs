using Ferry.Syntax.Text;

namespace Ferry.Syntax.Tree;

/// <summary><c>let … in e</c>.</summary>
public sealed class LetExpression : Expression
{
    internal LetExpression(AttributeSetExpression bindings, Expression body)
        : base(ExpressionKind.Let, SourcePosition.None) => (Bindings, Body) = (bindings, body);

    /// <summary>Without dynamic attributes. They see each other, although <c>IsRecursive</c> is not set.</summary>
    public AttributeSetExpression Bindings { get; }

    public Expression Body { get; }
}

/// <summary><c>with s; e</c>.</summary>
public sealed class WithExpression : Expression
{
    internal WithExpression(SourcePosition position, Expression attributes, Expression body)
        : base(ExpressionKind.With, position) => (Attributes, Body) = (attributes, body);

    public Expression Attributes { get; }

    public Expression Body { get; }
}

/// <summary><c>if c then a else b</c>.</summary>
public sealed class IfExpression : Expression
{
    internal IfExpression(
        SourcePosition position,
        Expression condition,
        Expression whenTrue,
        Expression whenFalse
    )
        : base(ExpressionKind.If, position) =>
        (Condition, WhenTrue, WhenFalse) = (condition, whenTrue, whenFalse);

    public Expression Condition { get; }

    public Expression WhenTrue { get; }

    public Expression WhenFalse { get; }
}

/// <summary><c>assert c; e</c>.</summary>
public sealed class AssertExpression : Expression
{
    internal AssertExpression(SourcePosition position, Expression condition, Expression body)
        : base(ExpressionKind.Assert, position) => (Condition, Body) = (condition, body);

    public Expression Condition { get; }

    public Expression Body { get; }
}
