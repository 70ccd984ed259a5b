using Ferry.Syntax.Text;

namespace Ferry.Syntax.Tree;

/// <summary>A name to be looked up. Those that operators stand for (<c>__sub</c> …) have no position.</summary>
public sealed class VariableExpression : Expression
{
    internal VariableExpression(Symbol name, SourcePosition position)
        : base(ExpressionKind.Variable, position) => Name = name;

    public Symbol Name { get; }
}

/// <summary>Stands for the value of <see cref="AttributeSetExpression.InheritSources"/> number <see cref="Index"/>.</summary>
/// <remarks>Found only as the subject of the select that is the value of an attribute inherited from a source.</remarks>
public sealed class InheritSourceExpression : Expression
{
    internal InheritSourceExpression(int index, SourcePosition position)
        : base(ExpressionKind.InheritSource, position) => Index = index;

    /// <summary>Shared by all names of one <c>inherit (e) …;</c>, whose <c>e</c> is evaluated at most once.</summary>
    public int Index { get; internal set; }
}

/// <summary>One part of an attribute path: a known name or an expression for one.</summary>
public readonly struct AttributeName
{
    // Either of the two, so that a path needs one word a part.
    private readonly object _name;

    internal AttributeName(Symbol symbol) => _name = symbol;

    internal AttributeName(Expression expression) => _name = expression;

    /// <summary>Null when the name is an expression.</summary>
    public Symbol? Symbol => _name as Symbol;

    /// <summary>Null when the name is known.</summary>
    public Expression? Expression => _name as Expression;
}

/// <summary><c>e.a.b</c> and <c>e.a.b or d</c>.</summary>
public sealed class SelectExpression : Expression
{
    private readonly AttributeName[] _path;

    internal SelectExpression(
        SourcePosition position,
        Expression subject,
        AttributeName[] path,
        Expression? fallback
    )
        : base(ExpressionKind.Select, position) =>
        (Subject, _path, Fallback) = (subject, path, fallback);

    public Expression Subject { get; }

    public ReadOnlySpan<AttributeName> Path => _path;

    /// <summary>What stands after <c>or</c>; null when there is none.</summary>
    public Expression? Fallback { get; }
}

/// <summary><c>e ? a.b</c>; has the position of <c>e</c>.</summary>
public sealed class HasAttributeExpression : Expression
{
    private readonly AttributeName[] _path;

    internal HasAttributeExpression(Expression subject, AttributeName[] path)
        : base(ExpressionKind.HasAttribute, subject.Position) => (Subject, _path) = (subject, path);

    public Expression Subject { get; }

    public ReadOnlySpan<AttributeName> Path => _path;
}
