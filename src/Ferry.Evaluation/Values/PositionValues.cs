using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Ports;

namespace Ferry.Evaluation.Values;

/// <summary>Positions as programs see them: <c>{ file, line, column }</c>, or null outside of files.</summary>
public static class PositionValues
{
    /// <param name="position">Where something was written.</param>
    /// <param name="observer">Hears when the program looks at the name of the file.</param>
    public static Value Of(Position position, ISourceObserver? observer)
    {
        if (position.FilePath is not { } path)
            return Value.Null;
        var location = position.Location!;
        var (line, column) = location.Source.Locate(location.Position);
        return new AttributeSetBuilder(3)
            .Add(
                KnownNames.File,
                observer is null
                    ? Value.Of(path)
                    : DeferredValue.Of(() =>
                    {
                        observer.PathSeen(path);
                        return Value.Of(path);
                    })
            )
            .Add(KnownNames.Line, Value.Of((long)line))
            .Add(KnownNames.Column, Value.Of((long)column))
            .ToValue();
    }
}
