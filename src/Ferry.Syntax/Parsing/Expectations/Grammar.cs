using Ferry.Syntax.Lexing;

namespace Ferry.Syntax.Parsing.Expectations;

/// <summary>How operators of equal precedence group.</summary>
internal enum Associativity
{
    Left,
    Right,
    None,
}

/// <param name="Level">A higher one binds tighter; 0 means that none is given.</param>
/// <param name="Associativity">Among operators of the same level.</param>
internal readonly record struct PrecedenceLevel(int Level, Associativity Associativity);

/// <param name="Left">The symbol that the rule defines.</param>
/// <param name="Right">What it may consist of.</param>
/// <param name="Precedence">Decides between this rule and reading on.</param>
internal sealed record Rule(int Left, int[] Right, PrecedenceLevel Precedence);

/// <summary>Rules with numbered symbols: tokens first, by their kind, then everything that rules define.</summary>
internal sealed class Grammar
{
    private readonly Dictionary<string, int> _symbols = [];
    private readonly Dictionary<string, PrecedenceLevel> _precedences = [];
    private readonly List<Rule> _rules = [];

    private Grammar() { }

    /// <summary>Tokens fit into the bits of one word, which makes sets of them cheap.</summary>
    public static int TokenCount { get; } = Enum.GetValues<TokenKind>().Length;

    public int SymbolCount => _symbols.Count;

    /// <summary>Number 0 is the whole text: its start symbol, then the end of the file.</summary>
    public IReadOnlyList<Rule> Rules => _rules;

    public static Grammar Parse(string rules, string[] precedences)
    {
        var grammar = new Grammar();
        foreach (var kind in Enum.GetValues<TokenKind>())
            grammar._symbols.Add(kind.ToString(), (int)kind);
        for (var index = 0; index < precedences.Length; index++)
            grammar.AddPrecedence(precedences[index].Split(' '), index + 1);

        var lines = rules.Split('\n');
        var start = lines[0][..lines[0].IndexOf(':', StringComparison.Ordinal)];
        grammar.AddRule($"whole: {start} {TokenKind.EndOfFile}");
        foreach (var line in lines)
            grammar.AddRule(line);
        return grammar;
    }

    public static bool IsToken(int symbol) => symbol < TokenCount;

    public PrecedenceLevel PrecedenceOf(TokenKind token) =>
        _precedences.GetValueOrDefault(token.ToString());

    private void AddPrecedence(string[] words, int level)
    {
        var associativity = words[0] switch
        {
            "left" => Associativity.Left,
            "right" => Associativity.Right,
            _ => Associativity.None,
        };
        foreach (var name in words.AsSpan(1))
            _precedences.Add(name, new PrecedenceLevel(level, associativity));
    }

    private void AddRule(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var words = line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<int> right = [];
        PrecedenceLevel precedence = default;
        foreach (var word in words)
        {
            // A rule without a mark has the precedence of its last token.
            if (word.StartsWith('%'))
            {
                precedence = _precedences[word[1..]];
                continue;
            }

            var symbol = SymbolOf(word);
            right.Add(symbol);
            if (IsToken(symbol))
                precedence = _precedences.GetValueOrDefault(word);
        }

        _rules.Add(new Rule(SymbolOf(line[..colon]), [.. right], precedence));
    }

    private int SymbolOf(string name)
    {
        if (!_symbols.TryGetValue(name, out var symbol))
            _symbols.Add(name, symbol = _symbols.Count);
        return symbol;
    }
}
