using Ferry.Syntax.Text;

namespace Ferry.Syntax.Tree;

public sealed class IntegerExpression : Expression
{
    internal IntegerExpression(long value)
        : base(ExpressionKind.Integer, SourcePosition.None) => Value = value;

    public long Value { get; }
}

public sealed class FloatExpression : Expression
{
    internal FloatExpression(double value)
        : base(ExpressionKind.Float, SourcePosition.None) => Value = value;

    public double Value { get; }
}

/// <summary>A string without interpolation, escapes undone; a URL literal too.</summary>
public sealed class StringExpression : Expression
{
    internal StringExpression(ReadOnlyMemory<byte> value)
        : base(ExpressionKind.String, SourcePosition.None) => Value = value;

    public ReadOnlyMemory<byte> Value { get; }
}

/// <summary>A path literal, or the literal start of an interpolated path.</summary>
public sealed class PathExpression : Expression
{
    internal PathExpression(ReadOnlyMemory<byte> value, bool isRelative)
        : base(ExpressionKind.Path, SourcePosition.None) =>
        (Value, IsRelative) = (value, isRelative);

    /// <summary>Absolute. Canonical but for <c>~/</c> paths; ends with a slash only before an interpolation.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>
    /// True when it was written relative to its file, so that it lies in the file's own source tree; otherwise it
    /// lies in the root file system.
    /// </summary>
    public bool IsRelative { get; }
}

/// <summary><c>__curPos</c>: evaluates to the position of itself.</summary>
public sealed class CurrentPositionExpression : Expression
{
    internal CurrentPositionExpression(SourcePosition position)
        : base(ExpressionKind.CurrentPosition, position) { }
}
