namespace Ferry.Syntax.Text;

/// <summary>A position together with the text it lies in.</summary>
public sealed record SourceLocation(SourceText Source, SourcePosition Position)
{
    /// <returns><c>NAME:LINE:COLUMN</c>, as stock prints a position.</returns>
    public override string ToString()
    {
        var (line, column) = Source.Locate(Position);
        return $"{Source.Name}:{line}:{column}";
    }
}
