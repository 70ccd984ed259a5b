using Ferry.Syntax.Text;

namespace Ferry.Syntax.Tree;

/// <summary>One per class of node, so that a consumer can switch without type tests.</summary>
public enum ExpressionKind : byte
{
    Integer,
    Float,
    String,
    Path,
    Variable,
    InheritSource,
    Select,
    HasAttribute,
    AttributeSet,
    List,
    Lambda,
    Call,
    Let,
    With,
    If,
    Assert,
    Not,
    Binary,
    ConcatenateStrings,
    CurrentPosition,
}

/// <summary>A node of the tree. Only the parser makes and changes nodes; once it has returned they are immutable.</summary>
/// <remarks>
/// The tree has stock's shape, since programs can see it: <c>a - b</c> is a call of whatever <c>__sub</c> means in
/// scope, and <c>&lt;x&gt;</c> a call of <c>__findFile</c> with <c>__nixPath</c>.
/// </remarks>
public abstract class Expression
{
    private protected Expression(ExpressionKind kind, SourcePosition position) =>
        (Kind, Position) = (kind, position);

    public ExpressionKind Kind { get; }

    /// <summary>What stock's <c>getPos</c> answers; unknown for literals, <c>let</c>, <c>==</c> and <c>!=</c>.</summary>
    public SourcePosition Position { get; internal set; }
}
