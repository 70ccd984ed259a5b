using System.Runtime.InteropServices;

namespace Ferry.Builtins.RegularExpressions;

internal readonly record struct RegexSearchOptions
{
    /// <summary>Only a match that ends with the text counts.</summary>
    public bool MustReachEnd { get; init; }

    public bool MustNotBeEmpty { get; init; }

    /// <summary>The start of this search is not the start of the text, so <c>^</c> cannot match.</summary>
    public bool HasPrevious { get; init; }
}

/// <summary>Searches of one text with one expression. Owned by one thread; reused from match to match.</summary>
/// <remarks>
/// A depth-first walk with its own stack. "Found" below means that the walk below a state met any accepting
/// state; that is a function of state, position and loop counts alone, so it is remembered, and a second visit, which could
/// not better the first one's result, is cut short. Verdicts "not found" stay valid for later starts.
/// </remarks>
internal sealed class RegexSearch(PosixRegex regex, int textLength)
{
    private const byte NotFound = 1;
    private const byte Found = 2;

    // Verdicts for states with no loop counts pending; a whole table at most, a dictionary when that would be huge.
    private const long TableSizeMax = 1 << 28;

    private readonly State[] _states = regex.States;
    private readonly byte[]? _table =
        (long)regex.BranchCount * (textLength + 1) <= TableSizeMax
            ? new byte[regex.BranchCount * (textLength + 1)]
            : null;
    private readonly Dictionary<(int Branch, int Position, int Counts), byte> _verdicts = [];
    private readonly List<int> _written = [];
    private readonly List<(int Branch, int Position, int Counts)> _writtenKeys = [];
    private readonly LoopCounts _loopCounts = new();
    private readonly List<Step> _steps = [];
    private readonly Capture[] _current = new Capture[regex.GroupCount];
    private Capture[] _best = [];

    private enum StepKind : byte
    {
        LeaveRepeat,
        RightBranch,
        JoinBranches,
        Remember,
        RestoreGroup,
    }

    private readonly record struct Step(
        StepKind Kind,
        int State,
        int Position,
        int Counts,
        Capture Saved
    );

    /// <summary>The groups of the last match.</summary>
    public Capture[] Captures => _best;

    public bool TryMatch(ReadOnlySpan<byte> text, int start, RegexSearchOptions options)
    {
        var isFound = Walk(text, start, options);

        // What was found depends on its start; and a search that refuses empty matches judges differently.
        if (isFound || options.MustNotBeEmpty)
            Forget();
        else
        {
            _written.Clear();
            _writtenKeys.Clear();
        }

        return isFound;
    }

    private bool Walk(ReadOnlySpan<byte> text, int start, RegexSearchOptions options)
    {
        Array.Fill(_current, Capture.Unmatched);
        _steps.Clear();
        _best = [];
        var bestEnd = -1;
        var isFound = false;
        var (state, position, counts) = (0, start, LoopCounts.None);
        while (true)
        {
            // Forward until this path ends, then back to the latest choice that is still open.
            while (state != Automaton.None)
            {
                var node = _states[state];
                switch (node.Kind)
                {
                    case StateKind.Byte:
                        if (position < text.Length && node.Accepts![text[position]])
                            (state, position, counts) = (node.Next, position + 1, LoopCounts.None);
                        else
                            state = Automaton.None;
                        break;
                    case StateKind.GroupBegin:
                    case StateKind.GroupEnd:
                        SetGroup(node, position);
                        state = node.Next;
                        break;
                    case StateKind.LineBegin:
                        state =
                            position == start && !options.HasPrevious ? node.Next : Automaton.None;
                        break;
                    case StateKind.LineEnd:
                        state = position == text.Length ? node.Next : Automaton.None;
                        break;
                    case StateKind.Accept:
                        state = Automaton.None;
                        isFound =
                            (!options.MustReachEnd || position == text.Length)
                            && (!options.MustNotBeEmpty || position != start);
                        if (isFound && position > bestEnd)
                        {
                            bestEnd = position;
                            _best = [.. _current];
                            if (position == text.Length)
                                return true;
                        }

                        break;
                    default:
                        (state, counts) = Branch(state, position, counts, ref isFound);
                        break;
                }
            }

            if (!Return(ref state, ref position, ref counts, ref isFound))
                return isFound;
        }
    }

    private (int State, int Counts) Branch(int state, int position, int counts, ref bool isFound)
    {
        if (Verdict(state, position, counts) is var verdict && verdict != 0)
        {
            isFound = verdict == Found;
            return (Automaton.None, counts);
        }

        var node = _states[state];
        _steps.Add(new Step(StepKind.Remember, state, position, counts, default));
        if (node.Kind == StateKind.Alternative)
        {
            _steps.Add(new Step(StepKind.RightBranch, state, position, counts, default));
            return (node.Other, counts);
        }

        if (!regex.Loops.CanIterateEmpty(state))
        {
            _steps.Add(new Step(StepKind.LeaveRepeat, state, position, counts, default));
            return (node.Other, counts);
        }

        // Two iterations at the same place, as libstdc++ allows: the second lets a group capture the empty text.
        if (_loopCounts.Of(counts, state) >= 2)
            return (node.Next, counts);
        _steps.Add(new Step(StepKind.LeaveRepeat, state, position, counts, default));
        return (node.Other, _loopCounts.Increment(counts, state));
    }

    /// <summary>Takes finished steps off the stack until one opens a new path.</summary>
    /// <returns>False when none is left.</returns>
    private bool Return(ref int state, ref int position, ref int counts, ref bool isFound)
    {
        while (_steps.Count > 0)
        {
            var step = _steps[^1];
            _steps.RemoveAt(_steps.Count - 1);
            switch (step.Kind)
            {
                case StepKind.RestoreGroup:
                    _current[step.State] = step.Saved;
                    continue;
                case StepKind.Remember:
                    Record(step, isFound ? Found : NotFound);
                    continue;
                case StepKind.JoinBranches:
                    isFound |= step.Saved.Start != 0;
                    continue;
                case StepKind.LeaveRepeat when isFound:
                    continue;
                case StepKind.RightBranch:
                    _steps.Add(
                        new Step(StepKind.JoinBranches, 0, 0, 0, new Capture(isFound ? 1 : 0, 0))
                    );
                    break;
                default:
                    break;
            }

            (state, position, counts) = (_states[step.State].Next, step.Position, step.Counts);
            isFound = false;
            return true;
        }

        return false;
    }

    // A group holds its end only once it has closed; until then it keeps the end of its previous iteration.
    private void SetGroup(State node, int position)
    {
        var saved = _current[node.Group];
        _steps.Add(new Step(StepKind.RestoreGroup, node.Group, 0, 0, saved));
        _current[node.Group] =
            node.Kind == StateKind.GroupBegin
                ? saved with
                {
                    Start = position,
                }
                : saved with
                {
                    End = position,
                };
    }

    private byte Verdict(int state, int position, int counts)
    {
        var branch = regex.BranchNumbers[state];
        if (counts == LoopCounts.None && _table is not null)
            return _table[(branch * (textLength + 1)) + position];
        return _verdicts.GetValueOrDefault((branch, position, counts));
    }

    private void Record(Step step, byte verdict)
    {
        var branch = regex.BranchNumbers[step.State];
        if (step.Counts == LoopCounts.None && _table is not null)
        {
            var index = (branch * (textLength + 1)) + step.Position;
            _table[index] = verdict;
            _written.Add(index);
        }
        else
        {
            var key = (branch, step.Position, step.Counts);
            CollectionsMarshal.GetValueRefOrAddDefault(_verdicts, key, out _) = verdict;
            _writtenKeys.Add(key);
        }
    }

    private void Forget()
    {
        foreach (var index in _written)
            _table![index] = 0;
        foreach (var key in _writtenKeys)
            _verdicts.Remove(key);
        _written.Clear();
        _writtenKeys.Clear();
    }
}

/// <summary>Small numbers for "which loops went round without consuming, and how often".</summary>
internal sealed class LoopCounts
{
    public const int None = 0;

    private readonly List<Dictionary<int, int>> _contents =
    [
        [],
    ];
    private readonly Dictionary<(int Counts, int State), int> _increments = [];
    private readonly Dictionary<string, int> _numbers = new() { [""] = None };

    public int Of(int counts, int state) => _contents[counts].GetValueOrDefault(state);

    public int Increment(int counts, int state)
    {
        if (_increments.TryGetValue((counts, state), out var known))
            return known;

        var content = new Dictionary<int, int>(_contents[counts]);
        content[state] = content.GetValueOrDefault(state) + 1;
        var key = string.Join(';', content.OrderBy(pair => pair.Key));
        if (!_numbers.TryGetValue(key, out var number))
        {
            number = _contents.Count;
            _numbers.Add(key, number);
            _contents.Add(content);
        }

        _increments.Add((counts, state), number);
        return number;
    }
}
