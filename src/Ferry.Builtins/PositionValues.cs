using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary>Positions as values of the language.</summary>
internal static class PositionValues
{
    /// <returns>A set of file, line and column; null for text that is in no file.</returns>
    public static Value ToValue(Position position)
    {
        if (position.Location is not { Source.Kind: SourceKind.File } location)
            return Value.Null;
        var (file, line, column) = Parts(location);
        return new AttributeSetBuilder(3)
            .Add(KnownNames.File, Value.Of(file!))
            .Add(KnownNames.Line, Value.Of((long)line))
            .Add(KnownNames.Column, Value.Of((long)column))
            .ToValue();
    }

    /// <summary>The file is null for text that is in none.</summary>
    public static (string? File, int Line, int Column) Parts(SourceLocation location)
    {
        var (line, column) = location.Source.Locate(location.Position);
        return (location.Source.Kind == SourceKind.File ? location.Source.Name : null, line, column);
    }
}
