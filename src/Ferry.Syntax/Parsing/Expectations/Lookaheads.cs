using Ferry.Syntax.Lexing;

namespace Ferry.Syntax.Parsing.Expectations;

/// <summary>Before which tokens a completed rule may be reduced, in each state: the LALR(1) sets, a bit a token.</summary>
/// <remarks>Source: DeRemer and Pennello, "Efficient Computation of LALR(1) Look-Ahead Sets", 1982.</remarks>
internal sealed class Lookaheads
{
    private readonly Grammar _grammar;
    private readonly ItemSets _states;
    private readonly bool[] _canBeEmpty;

    // For each state and defined symbol that can be read there: the tokens that may follow the symbol.
    private readonly Dictionary<(int State, int Symbol), ulong> _follow = [];
    private readonly List<((int, int) To, (int, int) From)> _edges = [];
    private readonly Dictionary<(int State, int Rule), ulong> _reductions = [];

    public Lookaheads(Grammar grammar, ItemSets states)
    {
        (_grammar, _states) = (grammar, states);
        _canBeEmpty = FindEmpty();
        AddDirect();
        Spread();
        AddInclusions();
        Spread();
        CollectReductions();
    }

    public ulong Of(int state, int rule) => _reductions[(state, rule)];

    private bool[] FindEmpty()
    {
        var result = new bool[_grammar.SymbolCount];
        var hasChanged = true;
        while (hasChanged)
        {
            hasChanged = false;
            foreach (var rule in _grammar.Rules)
            {
                if (result[rule.Left] || !Array.TrueForAll(rule.Right, symbol => result[symbol]))
                    continue;
                result[rule.Left] = hasChanged = true;
            }
        }

        return result;
    }

    // What can be read right after the symbol; and, where a symbol that can be empty comes next, what follows that.
    private void AddDirect()
    {
        foreach (var state in _states.All)
        {
            foreach (var (symbol, next) in state.Next)
            {
                if (Grammar.IsToken(symbol))
                    continue;

                var tokens = 0UL;
                foreach (var after in next.Next.Keys)
                {
                    if (Grammar.IsToken(after))
                        tokens |= 1UL << after;
                    else if (_canBeEmpty[after])
                        _edges.Add(((state.Number, symbol), (next.Number, after)));
                }

                _follow[(state.Number, symbol)] = tokens;
            }
        }
    }

    // What follows a rule's left side follows the last symbol of its right side, too.
    private void AddInclusions()
    {
        _edges.Clear();
        int[] empty =
        [
            .. Enumerable.Range(0, _canBeEmpty.Length).Where(symbol => _canBeEmpty[symbol]),
        ];
        foreach (var (state, symbol) in _follow.Keys)
        {
            foreach (var rule in _grammar.Rules)
            {
                if (rule.Left != symbol)
                    continue;

                var current = _states.All[state];
                for (var index = 0; index < rule.Right.Length; index++)
                {
                    var part = rule.Right[index];
                    var canRestBeEmpty = rule.Right.AsSpan(index + 1).IndexOfAnyExcept(empty) < 0;
                    if (!Grammar.IsToken(part) && canRestBeEmpty)
                        _edges.Add(((current.Number, part), (state, symbol)));
                    current = current.Next[part];
                }
            }
        }
    }

    private void Spread()
    {
        var hasChanged = true;
        while (hasChanged)
        {
            hasChanged = false;
            foreach (var (to, from) in _edges)
            {
                var merged = _follow[to] | _follow[from];
                hasChanged |= merged != _follow[to];
                _follow[to] = merged;
            }
        }
    }

    private void CollectReductions()
    {
        foreach (var ((state, symbol), tokens) in _follow)
        {
            for (var rule = 0; rule < _grammar.Rules.Count; rule++)
            {
                if (_grammar.Rules[rule].Left != symbol)
                    continue;

                var current = _states.All[state];
                foreach (var part in _grammar.Rules[rule].Right)
                    current = current.Next[part];
                var key = (current.Number, rule);
                _reductions[key] = _reductions.GetValueOrDefault(key) | tokens;
            }
        }

        // The rule of the whole text is complete only after the end of the file, where nothing is asked.
        foreach (var state in _states.All)
        {
            if (state.Completed.Contains(0))
                _reductions[(state.Number, 0)] = 1UL << (int)TokenKind.EndOfFile;
        }
    }
}
