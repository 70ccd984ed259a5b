using System.Numerics;
using Ferry.Syntax.Lexing;

namespace Ferry.Syntax.Parsing.Expectations;

/// <summary>What the generated parser does in one state.</summary>
internal sealed class ParserState
{
    /// <summary>Where reading a symbol leads; tokens that precedence forbids are left out.</summary>
    public required Dictionary<int, int> Next { get; init; }

    /// <summary>Rules to reduce before certain tokens, when they are not the default.</summary>
    public required Dictionary<TokenKind, int> Reductions { get; init; }

    /// <summary>The rule to reduce before every other token, even a wrong one; -1 if there is none.</summary>
    public required int DefaultReduction { get; init; }

    /// <summary>Tokens that are an error although the default reduction would take them.</summary>
    public required ulong Forbidden { get; init; }

    /// <summary>True when the state acts without knowing the next token.</summary>
    public bool IgnoresNextToken =>
        _ignoresNextToken ??=
            Reductions.Count == 0 && Forbidden == 0 && !Next.Keys.Any(Grammar.IsToken);

    // Asked for at every step.
    private bool? _ignoresNextToken;

    /// <summary>What messages name as expected: only what has an action of its own.</summary>
    public IEnumerable<TokenKind> Expected =>
        Next
            .Keys.Where(Grammar.IsToken)
            .Select(symbol => (TokenKind)symbol)
            .Concat(Reductions.Keys)
            .Order();
}

/// <summary>The tables of an LALR(1) parser, with conflicts and defaults resolved as bison resolves them.</summary>
/// <remarks>
/// Defaults make a parser reduce before it notices a wrong token, so that fewer tokens are named as expected. Source:
/// bison's manual, "Default Reductions" and "How Precedence Works", and its behaviour for ties: the first rule.
/// </remarks>
internal static class ParserStates
{
    public static ParserState[] Build(Grammar grammar)
    {
        var itemSets = new ItemSets(grammar);
        var lookaheads = new Lookaheads(grammar, itemSets);
        return [.. itemSets.All.Select(itemSet => Build(grammar, itemSet, lookaheads))];
    }

    private static ParserState Build(Grammar grammar, ItemSet itemSet, Lookaheads lookaheads)
    {
        var next = itemSet.Next.ToDictionary(move => move.Key, move => move.Value.Number);
        var isConsistent =
            itemSet.Completed.Count == 0
            || (itemSet.Completed.Count == 1 && !next.Keys.Any(Grammar.IsToken));
        if (isConsistent)
        {
            return new ParserState
            {
                Next = next,
                Reductions = [],
                DefaultReduction = itemSet.Completed is [var only] ? only : -1,
                Forbidden = 0,
            };
        }

        var forbidden = 0UL;
        var sets = new Dictionary<int, ulong>();
        foreach (var rule in itemSet.Completed)
        {
            var tokens = lookaheads.Of(itemSet.Number, rule);
            sets[rule] = Resolve(grammar, grammar.Rules[rule], tokens, next, ref forbidden);
        }

        // MaxBy takes the first of equals, and the rules are sorted.
        var common = itemSet.Completed.MaxBy(rule => BitOperations.PopCount(sets[rule]));
        var hasDefault = sets[common] != 0;
        return new ParserState
        {
            Next = next,
            Reductions = OtherReductions(sets, hasDefault ? common : -1),
            DefaultReduction = hasDefault ? common : -1,
            Forbidden = hasDefault ? forbidden : 0,
        };
    }

    // Decides between reducing the rule and reading on, for each token that allows both.
    private static ulong Resolve(
        Grammar grammar,
        Rule rule,
        ulong tokens,
        Dictionary<int, int> next,
        ref ulong forbidden
    )
    {
        for (var token = 0; token < Grammar.TokenCount; token++)
        {
            var bit = 1UL << token;
            if ((tokens & bit) == 0 || !next.ContainsKey(token))
                continue;

            var ofToken = grammar.PrecedenceOf((TokenKind)token);
            var comparison = rule.Precedence.Level.CompareTo(ofToken.Level);
            var isEqual = comparison == 0;
            var readsOn =
                comparison < 0 || (isEqual && ofToken.Associativity == Associativity.Right);
            if (readsOn)
            {
                tokens &= ~bit;
                continue;
            }

            next.Remove(token);
            if (!isEqual || ofToken.Associativity != Associativity.None)
                continue;
            tokens &= ~bit;
            forbidden |= bit;
        }

        return tokens;
    }

    private static Dictionary<TokenKind, int> OtherReductions(
        Dictionary<int, ulong> sets,
        int defaultReduction
    )
    {
        var result = new Dictionary<TokenKind, int>();
        foreach (var (rule, tokens) in sets)
        {
            for (var token = 0; token < Grammar.TokenCount; token++)
            {
                if (rule != defaultReduction && (tokens & (1UL << token)) != 0)
                    result.TryAdd((TokenKind)token, rule);
            }
        }

        return result;
    }
}
