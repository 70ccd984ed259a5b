using Ferry.Evaluation.Memory;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Values;

/// <summary>All names of the process: one table, since shapes and bound nodes hold bare ids.</summary>
public static class Symbols
{
    private static readonly Lock s_gate = new();

    // String values of names, by id; made on first use.
    private static Value[] s_texts = new Value[1024];

    // Sets are walked in the order in which names were first seen, so it decides which of several failures a program
    // meets. These come first in stock, in this order (its table of static symbols).
    private static readonly string[] s_first =
    [
        "<with>",
        "outPath",
        "drvPath",
        "type",
        "meta",
        "name",
        "value",
        "system",
        "__overrides",
        "outputs",
        "outputName",
        "__ignoreNulls",
        "file",
        "line",
        "column",
        "__functor",
        "__toString",
        "right",
        "wrong",
        "__structuredAttrs",
        "__json",
        "allowedReferences",
        "allowedRequisites",
        "disallowedReferences",
        "disallowedRequisites",
        "maxSize",
        "maxClosureSize",
        "builder",
        "args",
        "__contentAddressed",
        "__impure",
        "outputHash",
        "outputHashAlgo",
        "outputHashMode",
        "recurseForDerivations",
        "description",
        "self",
        "",
        "startSet",
        "operator",
        "key",
        "path",
        "prefix",
        "outputSpecified",
    ];

    public static SymbolTable Table { get; } = MakeTable();

    public static Symbol Of(string name) => Table.Intern(name);

    public static Symbol Of(ReadOnlySpan<byte> name) => Table.Intern(name);

    public static Symbol ById(int id) => Table[id];

    /// <summary>The name as a string without context; the same value every time.</summary>
    public static Value ToValue(this Symbol symbol)
    {
        var texts = Volatile.Read(ref s_texts);
        if (symbol.Id < texts.Length && texts[symbol.Id] is { IsForced: true } known)
            return known;

        var text = Value.Of(symbol.Bytes);
        lock (s_gate)
        {
            if (symbol.Id >= s_texts.Length)
            {
                var grown = new Value[Math.Max(symbol.Id + 1, s_texts.Length * 2)];
                s_texts.CopyTo(grown, 0);
                Volatile.Write(ref s_texts, grown);
            }
            s_texts[symbol.Id] = text;
        }
        return text;
    }

    private static SymbolTable MakeTable()
    {
        var table = new SymbolTable();
        foreach (var name in s_first)
            table.Intern(name);
        return table;
    }
}
