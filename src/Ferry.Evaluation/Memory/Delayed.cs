using Ferry.Evaluation.Nodes;

namespace Ferry.Evaluation.Memory;

/// <summary>A suspended computation without a home yet. It may be put into one slot and nowhere else.</summary>
/// <remarks>A ref struct, so that the compiler refuses to keep it: stored twice, it would be computed twice.</remarks>
public readonly ref struct Delayed
{
    internal readonly ulong Word;

    private Delayed(ulong word) => Word = word;

    public static Delayed Of(Value value) => new(value.Word);

    internal static Delayed Thunk(Node node, Frame frame) =>
        new(Cell.Pack(Tag.Thunk, (uint)node.Id, frame.Handle));

    /// <summary>The call <c>function argument</c>, made when somebody needs its result.</summary>
    public static unsafe Delayed Call(Value function, Value argument)
    {
        var slots = Arena.Take(2);
        slots[0] = function.Word;
        slots[1] = argument.Word;
        return new(Cell.Pack(Tag.Apply, 0, Arena.HandleOf(slots)));
    }

    /// <summary>The call <c>function first second</c>, made when somebody needs its result.</summary>
    public static unsafe Delayed Call(Value function, Value first, Value second)
    {
        var slots = Arena.Take(3);
        slots[0] = function.Word;
        slots[1] = first.Word;
        slots[2] = second.Word;
        return new(Cell.Pack(Tag.ApplyTwo, 0, Arena.HandleOf(slots)));
    }

    /// <summary>Gives it a slot of its own, so that it can be stored many times. Uses it up.</summary>
    public unsafe Value Share()
    {
        if ((byte)Word >= (byte)Tag.Reference)
            return new(Word);
        var slot = Arena.Take(1);
        *slot = Word;
        return new(Cell.Pack(Tag.Reference, 0, Arena.HandleOf(slot)));
    }
}
