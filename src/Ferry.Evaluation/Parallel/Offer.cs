using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Parallel;

/// <summary>What the evaluating thread will do with every element of a list or set.</summary>
internal enum Purpose
{
    /// <summary>Force it and all that is inside.</summary>
    Deep,

    /// <summary>Turn it into text: of derivations the output's path, of lists all elements.</summary>
    Text,

    /// <summary>Instantiate it if it is a derivation.</summary>
    Package,
}

/// <summary>Elements that helpers may compute, the last first: the evaluating thread begins at the other end.</summary>
/// <remarks>Owner: <see cref="Helpers"/>, under its lock.</remarks>
internal sealed class Offer(Value container, Purpose purpose, int callDepth)
{
    // Fewer are not worth waking anybody.
    private const int SuspendedMin = 2;

    private int _next = container.IsList
        ? container.AsList.Length - 1
        : container.AsAttributeSet.Count - 1;

    public Purpose Purpose => purpose;

    /// <summary>Of the evaluating thread, so that helpers are refused what it would be refused.</summary>
    public int CallDepth => callDepth;

    public Value this[int index] =>
        container.IsList ? container.AsList[index] : container.AsAttributeSet[index];

    public bool IsWorthwhile()
    {
        var suspended = 0;
        for (var index = _next; index >= 0 && suspended < SuspendedMin; index--)
        {
            if (this[index].Peek(out _) == SlotState.Suspended)
                suspended++;
        }
        return suspended == SuspendedMin;
    }

    public bool TryTake(out int index)
    {
        index = _next--;
        return index >= 0;
    }
}
