namespace Ferry.Builtins.RegularExpressions;

internal enum StateKind : byte
{
    Placeholder,
    Alternative,
    Repeat,
    LineBegin,
    LineEnd,
    GroupBegin,
    GroupEnd,
    Byte,
    Accept,
}

/// <summary>One state; <see cref="Other"/> is tried before <see cref="Next"/> where both are set.</summary>
internal struct State
{
    public StateKind Kind;

    public int Next;

    /// <summary>Left branch of an alternative, body of a repeat; otherwise unused.</summary>
    public int Other;

    public int Group;

    /// <summary>What a <see cref="StateKind.Byte"/> state accepts: 256 flags, shared between clones.</summary>
    public bool[]? Accepts;
}

/// <summary>A growing automaton. State numbers and counts follow libstdc++, whose limit users can run into.</summary>
internal sealed class Automaton
{
    public const int None = -1;

    /// <summary>Source: <c>_GLIBCXX_REGEX_STATE_LIMIT</c>, which stock reports as a memory limit.</summary>
    public const int StateCountMax = 100_000;

    private readonly List<State> _states = [];

    public int GroupCount { get; private set; }

    public int Count => _states.Count;

    public int BeginGroup() => GroupCount++;

    /// <exception cref="RegexSyntaxException">The limit is reached.</exception>
    public int Add(State state)
    {
        _states.Add(state);
        return _states.Count > StateCountMax
            ? throw RegexSyntaxException.TooLarge()
            : _states.Count - 1;
    }

    public int Add(StateKind kind, int next = None, int other = None, int group = 0) =>
        Add(
            new State
            {
                Kind = kind,
                Next = next,
                Other = other,
                Group = group,
            }
        );

    public State this[int index] => _states[index];

    public void SetNext(int index, int next) =>
        _states[index] = _states[index] with { Next = next };

    public void SwapBranches(int index)
    {
        var state = _states[index];
        _states[index] = state with { Next = state.Other, Other = state.Next };
    }

    /// <summary>Copies everything between two states, both included.</summary>
    public Sequence Clone(Sequence original)
    {
        var copies = new Dictionary<int, int>();
        var open = new Stack<int>();
        open.Push(original.Start);
        while (open.TryPop(out var index))
        {
            // A state pushed twice before its first visit is copied twice, as libstdc++ does: the count shows.
            var state = _states[index];
            copies[index] = Add(state);
            if (HasOther(state) && state.Other != None && !copies.ContainsKey(state.Other))
                open.Push(state.Other);
            if (index != original.End && state.Next != None && !copies.ContainsKey(state.Next))
                open.Push(state.Next);
        }

        foreach (var copy in copies.Values)
        {
            var state = _states[copy];
            if (state.Next != None)
                state.Next = copies.GetValueOrDefault(state.Next, None);
            if (HasOther(state) && state.Other != None)
                state.Other = copies[state.Other];
            _states[copy] = state;
        }

        return new Sequence(copies[original.Start], copies[original.End]);
    }

    /// <summary>The finished states, with placeholders bypassed.</summary>
    public State[] Finish()
    {
        var states = _states.ToArray();
        for (var index = 0; index < states.Length; index++)
        {
            states[index].Next = SkipPlaceholders(states, states[index].Next);
            if (HasOther(states[index]))
                states[index].Other = SkipPlaceholders(states, states[index].Other);
        }

        return states;
    }

    private static bool HasOther(State state) =>
        state.Kind is StateKind.Alternative or StateKind.Repeat;

    private static int SkipPlaceholders(State[] states, int index)
    {
        while (index != None && states[index].Kind == StateKind.Placeholder)
            index = states[index].Next;
        return index;
    }
}

/// <summary>A stretch of automaton with one way in and one way out.</summary>
internal readonly record struct Sequence(int Start, int End);
