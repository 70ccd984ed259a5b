namespace Ferry.Syntax.Text;

/// <param name="Line">Counted from 1; 0 means unknown.</param>
/// <param name="Column">Bytes from the start of the line, counted from 1.</param>
public readonly record struct LinePosition(int Line, int Column);
