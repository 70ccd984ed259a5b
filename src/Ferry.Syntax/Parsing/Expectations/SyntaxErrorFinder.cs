using System.Diagnostics;
using System.Text;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Lexing;
using Ferry.Syntax.Text;

namespace Ferry.Syntax.Parsing.Expectations;

/// <summary>Says what is wrong with a text that the parser refused, in the words stock would use.</summary>
/// <remarks>
/// Stock's message names the tokens that its generated parser could still take, which depends on that parser's
/// tables. So the text is read once more, by the same tables. They are built from <see cref="NixGrammar"/> when the
/// first error is found: a few milliseconds, and nothing for programs without errors.
/// </remarks>
internal static class SyntaxErrorFinder
{
    // With more, stock names none.
    private const int ExpectedMax = 4;

    private static readonly Lazy<(Grammar Grammar, ParserState[] States)> s_parser = new(() =>
    {
        var grammar = Grammar.Parse(NixGrammar.Rules, NixGrammar.Precedences);
        return (grammar, ParserStates.Build(grammar));
    });

    /// <param name="source">A text with a syntax error.</param>
    /// <param name="lexer">At the start of that text.</param>
    public static SyntaxException Find(SourceText source, Lexer lexer)
    {
        var state = FindFailingState(lexer) ?? throw new UnreachableException();
        // At the end of the file there is no token to point at: the place behind the last one is meant.
        var offset = lexer.Kind == TokenKind.EndOfFile ? lexer.End : lexer.Start;
        var location = new SourceLocation(source, SourcePosition.At(offset));
        return SyntaxErrors.Unexpected(location, Describe(lexer.Kind, state));
    }

    /// <returns>The state that the lexer's current token does not fit; null when the text is correct.</returns>
    internal static ParserState? FindFailingState(Lexer lexer)
    {
        var (grammar, states) = s_parser.Value;
        var stack = new Stack<int>([0]);
        var hasToken = false;
        while (true)
        {
            var state = states[stack.Peek()];
            if (state.IgnoresNextToken)
            {
                Reduce(grammar, states, stack, state.DefaultReduction);
                continue;
            }

            if (!hasToken)
                lexer.Advance();
            hasToken = true;
            if (state.Next.TryGetValue((int)lexer.Kind, out var next))
            {
                // Only the rule of the whole text reads the end of the file.
                if (lexer.Kind == TokenKind.EndOfFile)
                    return null;
                stack.Push(next);
                hasToken = false;
                continue;
            }

            var isForbidden = (state.Forbidden & (1UL << (int)lexer.Kind)) != 0;
            var rule = state.Reductions.GetValueOrDefault(lexer.Kind, state.DefaultReduction);
            if (isForbidden || rule < 0)
                return state;
            Reduce(grammar, states, stack, rule);
        }
    }

    private static void Reduce(Grammar grammar, ParserState[] states, Stack<int> stack, int number)
    {
        var rule = grammar.Rules[number];
        for (var index = 0; index < rule.Right.Length; index++)
            stack.Pop();
        stack.Push(states[stack.Peek()].Next[rule.Left]);
    }

    private static string Describe(TokenKind unexpected, ParserState state)
    {
        var message = new StringBuilder("syntax error, unexpected ");
        message.Append(TokenNames.Of(unexpected));
        var expected = state.Expected.ToArray();
        if (expected.Length is 0 or > ExpectedMax)
            return message.ToString();

        message.Append(", expecting ");
        message.AppendJoin(" or ", expected.Select(TokenNames.Of));
        return message.ToString();
    }
}
