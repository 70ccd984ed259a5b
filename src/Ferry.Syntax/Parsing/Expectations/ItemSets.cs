namespace Ferry.Syntax.Parsing.Expectations;

/// <param name="Rule">Number of a rule.</param>
/// <param name="Dot">How many of its symbols are already read.</param>
internal readonly record struct Item(int Rule, int Dot);

/// <summary>A state of the parser: what may have been read so far.</summary>
internal sealed class ItemSet(int number, Item[] kernel)
{
    public int Number { get; } = number;

    /// <summary>Sorted; items with a dot further than the start, and the start itself.</summary>
    public Item[] Kernel { get; } = kernel;

    /// <summary>By symbol, where reading it leads.</summary>
    public SortedDictionary<int, ItemSet> Next { get; } = [];

    /// <summary>Rules that are completely read, ascending.</summary>
    public List<int> Completed { get; } = [];
}

/// <summary>The LR(0) states of a grammar, from the start on.</summary>
internal sealed class ItemSets
{
    private readonly Grammar _grammar;
    private readonly ILookup<int, int> _rulesByLeft;
    private readonly Dictionary<string, ItemSet> _byKernel = [];
    private readonly List<ItemSet> _all = [];

    public ItemSets(Grammar grammar)
    {
        _grammar = grammar;
        _rulesByLeft = Enumerable
            .Range(0, grammar.Rules.Count)
            .ToLookup(rule => grammar.Rules[rule].Left);
        FindOrAdd([new Item(0, 0)]);
        for (var index = 0; index < _all.Count; index++)
            Expand(_all[index]);
    }

    /// <summary>Number 0 is where parsing starts.</summary>
    public IReadOnlyList<ItemSet> All => _all;

    private void Expand(ItemSet state)
    {
        var moves = new SortedDictionary<int, List<Item>>();
        foreach (var item in Close(state.Kernel))
        {
            var right = _grammar.Rules[item.Rule].Right;
            if (item.Dot == right.Length)
            {
                state.Completed.Add(item.Rule);
                continue;
            }

            if (!moves.TryGetValue(right[item.Dot], out var kernel))
                moves.Add(right[item.Dot], kernel = []);
            kernel.Add(item with { Dot = item.Dot + 1 });
        }

        state.Completed.Sort();
        foreach (var (symbol, kernel) in moves)
            state.Next.Add(symbol, FindOrAdd(kernel));
    }

    private HashSet<Item> Close(Item[] kernel)
    {
        var items = new HashSet<Item>(kernel);
        var open = new Queue<Item>(kernel);
        while (open.TryDequeue(out var item))
        {
            var right = _grammar.Rules[item.Rule].Right;
            if (item.Dot == right.Length)
                continue;

            foreach (var rule in _rulesByLeft[right[item.Dot]])
            {
                var start = new Item(rule, 0);
                if (items.Add(start))
                    open.Enqueue(start);
            }
        }

        return items;
    }

    private ItemSet FindOrAdd(List<Item> kernel)
    {
        kernel.Sort(
            static (left, right) => (left.Rule, left.Dot).CompareTo((right.Rule, right.Dot))
        );
        var key = string.Join(' ', kernel);
        if (!_byKernel.TryGetValue(key, out var state))
        {
            state = new ItemSet(_all.Count, [.. kernel]);
            _byKernel.Add(key, state);
            _all.Add(state);
        }

        return state;
    }
}
