using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Values;

/// <summary>Positions as programs see them: <c>{ file, line, column }</c>, or null outside of files.</summary>
public static class PositionValues
{
    public static Value Of(Position position)
    {
        if (position.FilePath is not { } path)
            return Value.Null;
        var location = position.Location!;
        var (line, column) = location.Source.Locate(location.Position);
        return new AttributeSetBuilder(3)
            .Add(KnownNames.File, Value.Of(path))
            .Add(KnownNames.Line, Value.Of((long)line))
            .Add(KnownNames.Column, Value.Of((long)column))
            .ToValue();
    }
}
