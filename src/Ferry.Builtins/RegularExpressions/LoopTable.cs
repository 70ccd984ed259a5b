namespace Ferry.Builtins.RegularExpressions;

/// <summary>What can be known about an automaton before any text is seen.</summary>
internal sealed class LoopTable
{
    private readonly State[] _states;
    private readonly bool[] _canIterateEmpty;

    public LoopTable(State[] states)
    {
        _states = states;
        _canIterateEmpty = new bool[states.Length];

        // Intervals unroll into thousands of repeats; only a true cycle matters, and those have a back edge.
        for (var index = 0; index < states.Length; index++)
        {
            if (states[index].Kind == StateKind.Repeat)
                _canIterateEmpty[index] = ReachesItself(index);
        }
    }

    /// <summary>True for a repeat whose body can match nothing, so that it could run forever in place.</summary>
    public bool CanIterateEmpty(int state) => _canIterateEmpty[state];

    /// <returns>The bytes a match can begin with, or null if it may be empty or begin anywhere.</returns>
    public bool[]? FirstBytes(int start)
    {
        var first = new bool[256];
        var canBeEmpty = false;
        Visit(
            start,
            index =>
            {
                if (_states[index].Accepts is { } accepts)
                {
                    for (var value = 0; value < first.Length; value++)
                        first[value] |= accepts[value];
                }

                canBeEmpty |= _states[index].Kind == StateKind.Accept;
                return false;
            }
        );
        return canBeEmpty ? null : first;
    }

    private bool ReachesItself(int repeat)
    {
        var found = false;
        Visit(
            _states[repeat].Other,
            index =>
            {
                found |= index == repeat;
                return found;
            }
        );
        return found;
    }

    // Everything reachable without consuming a byte, consuming states included.
    private void Visit(int start, Func<int, bool> stop)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>();
        open.Push(start);
        while (open.TryPop(out var index))
        {
            if (index == Automaton.None || !seen.Add(index))
                continue;
            if (stop(index))
                return;
            var state = _states[index];
            if (state.Kind == StateKind.Byte)
                continue;
            open.Push(state.Next);
            if (state.Kind is StateKind.Alternative or StateKind.Repeat)
                open.Push(state.Other);
        }
    }
}
