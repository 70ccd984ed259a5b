using Ferry.Evaluation.Memory;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Values;

/// <summary>The outermost scope of every program: the builtins of one evaluator.</summary>
internal sealed class BuiltinScope
{
    private readonly Dictionary<Symbol, Value> _variables = [];

    public BuiltinScope(
        Evaluator evaluator,
        IEnumerable<Builtin> builtins,
        IEnumerable<BuiltinConstant> constants
    )
    {
        var set = new AttributeSetBuilder(200);
        foreach (var builtin in builtins)
        {
            var value = Value.OfBuiltin(new BoundBuiltin(builtin, evaluator));
            Define(ScopeName(builtin.Name, builtin.IsGlobal), value);
            if (!builtin.IsInternal)
                set.Add(Symbols.Of(builtin.Name), value);
        }
        foreach (var constant in constants)
        {
            var value = DeferredValue.Of(() => constant.Make(evaluator));
            Define(ScopeName(constant.Name, constant.IsGlobal), value);
            set.Add(Symbols.Of(constant.Name), value);
        }
        foreach (var (name, value) in Literals)
        {
            Define(name, value);
            set.Add(Symbols.Of(name), value);
        }

        // "builtins" has itself as an attribute.
        var self = Symbols.Of("builtins");
        var slot = Frame.Create(Frame.None, 1);
        set.Add(self, slot.Get(0));
        Set = set.ToValue();
        slot.Set(0, Set);
        _variables[self] = Set;
    }

    public Value Set { get; }

    public IEnumerable<string> Names => _variables.Keys.Select(name => name.ToString());

    public IReadOnlyDictionary<Symbol, Value> Variables => _variables;

    public bool TryFind(Symbol name, out Value value) => _variables.TryGetValue(name, out value);

    private static (string Name, Value Value)[] Literals =>
        [("true", Value.True), ("false", Value.False), ("null", Value.Null)];

    private static string ScopeName(string name, bool isGlobal) => isGlobal ? name : "__" + name;

    private void Define(string name, Value value) => _variables[Symbols.Of(name)] = value;
}
