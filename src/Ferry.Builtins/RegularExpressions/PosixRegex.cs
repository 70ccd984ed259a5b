namespace Ferry.Builtins.RegularExpressions;

/// <summary>A compiled POSIX extended regular expression over bytes. Immutable; any thread may use it.</summary>
/// <remarks>
/// What matches, and what its groups hold, is that of libstdc++'s backtracking executor, which stock Nix uses. It is
/// not quite POSIX: both branches of <c>|</c> are tried and the longer result wins, yet a repeat that led to
/// any match is not left earlier in the hope of a longer one. Unlike libstdc++ the cost is bounded:
/// O(states × bytes) for one match, and for all matches in one text together.
/// </remarks>
public sealed class PosixRegex
{
    private readonly bool[]? _firstBytes;

    private PosixRegex(State[] states, int groupCount)
    {
        States = states;
        GroupCount = groupCount;
        Loops = new LoopTable(states);
        BranchNumbers = new int[states.Length];
        for (var index = 0; index < states.Length; index++)
        {
            if (states[index].Kind is StateKind.Alternative or StateKind.Repeat)
                BranchNumbers[index] = BranchCount++;
        }

        _firstBytes = Loops.FirstBytes(0);
    }

    /// <summary>Groups including the whole match, which is group 0.</summary>
    public int GroupCount { get; }

    internal State[] States { get; }

    internal LoopTable Loops { get; }

    /// <summary>Dense numbers of the states that branch; 0 elsewhere.</summary>
    internal int[] BranchNumbers { get; }

    internal int BranchCount { get; }

    /// <exception cref="RegexSyntaxException">Stock refuses the pattern as well.</exception>
    public static PosixRegex Compile(ReadOnlySpan<byte> pattern)
    {
        var (states, groupCount) = RegexCompiler.Compile(pattern.ToArray());
        return new PosixRegex(states, groupCount);
    }

    /// <returns>The groups if the whole text matches, otherwise null.</returns>
    public Capture[]? MatchWhole(ReadOnlySpan<byte> text)
    {
        var search = new RegexSearch(this, text.Length);
        return search.TryMatch(text, 0, new RegexSearchOptions { MustReachEnd = true })
            ? search.Captures
            : null;
    }

    /// <summary>All successive matches, as <c>std::regex_iterator</c> finds them.</summary>
    public List<Capture[]> MatchAll(ReadOnlySpan<byte> text)
    {
        var matches = new List<Capture[]>();
        var search = new RegexSearch(this, text.Length);
        var start = 0;
        var hasPrevious = false;
        while (Find(search, text, start, hasPrevious))
        {
            var match = search.Captures;
            matches.Add(match);
            start = match[0].End;
            while (match[0].Length == 0)
            {
                if (start == text.Length)
                    return matches;

                // After an empty match something longer may begin at the same place.
                var options = new RegexSearchOptions
                {
                    MustNotBeEmpty = true,
                    HasPrevious = hasPrevious,
                };
                if (!search.TryMatch(text, start, options))
                {
                    start++;
                    break;
                }

                match = search.Captures;
                matches.Add(match);
                start = match[0].End;
            }

            hasPrevious = true;
        }

        return matches;
    }

    private bool Find(RegexSearch search, ReadOnlySpan<byte> text, int start, bool hasPrevious)
    {
        for (var position = start; position <= text.Length; position++)
        {
            if (_firstBytes is { } first)
            {
                while (position < text.Length && !first[text[position]])
                    position++;
                if (position == text.Length)
                    return false;
            }

            var options = new RegexSearchOptions { HasPrevious = hasPrevious || position > start };
            if (search.TryMatch(text, position, options))
                return true;
        }

        return false;
    }
}

/// <summary>A stretch of the text; <see cref="Unmatched"/> for a group that took no part.</summary>
/// <param name="Start">Byte offset, or -1.</param>
/// <param name="End">Byte offset after the last byte.</param>
public readonly record struct Capture(int Start, int End)
{
    public static Capture Unmatched => new(-1, -1);

    public bool IsMatched => Start >= 0;

    public int Length => End - Start;
}
