using Ferry.Syntax.Text;

namespace Ferry.Syntax.Tree;

/// <param name="Name">Once among the formals of a lambda.</param>
/// <param name="Default">Null when the argument is required.</param>
/// <param name="Position">Where <c>unsafeGetAttrPos</c> on <c>functionArgs</c> finds it.</param>
public readonly record struct Formal(Symbol Name, Expression? Default, SourcePosition Position);

/// <summary><c>x: e</c>, <c>{ a, b ? d, ... }: e</c>, and both at once with <c>@</c>.</summary>
public sealed class LambdaExpression : Expression
{
    private readonly Formal[]? _formals;

    internal LambdaExpression(
        SourcePosition position,
        Symbol? argument,
        Formal[]? formals,
        Expression body
    )
        : base(ExpressionKind.Lambda, position) =>
        (Argument, _formals, Body) = (argument, formals, body);

    /// <summary>The name of the whole argument; null when there are only formals.</summary>
    public Symbol? Argument { get; }

    /// <summary>True for <c>{ … }:</c>, even with nothing between the braces.</summary>
    public bool HasFormals => _formals is not null;

    /// <summary>In order of definition.</summary>
    public ReadOnlySpan<Formal> Formals => _formals;

    /// <summary>True when the formals end with <c>...</c>.</summary>
    public bool HasEllipsis { get; internal set; }

    public Expression Body { get; }

    /// <summary>The attribute it was defined as, for messages and <c>--show-trace</c>; null when anonymous.</summary>
    public Symbol? Name { get; internal set; }

    /// <summary>The <c>/** … */</c> that documents it: the innermost one that applies.</summary>
    public DocumentationComment Documentation { get; internal set; }
}

/// <param name="Start">At the opening <c>/**</c>.</param>
/// <param name="End">Right after the closing <c>*/</c>.</param>
public readonly record struct DocumentationComment(SourcePosition Start, SourcePosition End)
{
    public bool Exists => Start.IsKnown;
}

/// <summary><c>f a b</c>. Further arguments join a call that already stands there: <c>(f a) b</c> is one call.</summary>
public sealed class CallExpression : Expression
{
    private Expression[] _arguments;
    private int _count;

    internal CallExpression(SourcePosition position, Expression function, Expression argument)
        : base(ExpressionKind.Call, position) =>
        (Function, _arguments, _count) = (function, [argument], 1);

    internal CallExpression(
        SourcePosition position,
        Expression function,
        Expression first,
        Expression second
    )
        : base(ExpressionKind.Call, position) =>
        (Function, _arguments, _count) = (function, [first, second], 2);

    public Expression Function { get; }

    /// <summary>At least one.</summary>
    public ReadOnlySpan<Expression> Arguments => _arguments.AsSpan(0, _count);

    internal void Append(Expression argument)
    {
        if (_count == _arguments.Length)
            Array.Resize(ref _arguments, _count * 2);

        _arguments[_count++] = argument;
    }
}
