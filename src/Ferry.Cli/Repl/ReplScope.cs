using Ferry.Evaluation;
using Ferry.Evaluation.Memory;

namespace Ferry.Cli.Repl;

/// <summary>The names that a session has defined, the newest meaning of each.</summary>
internal sealed class ReplScope
{
    public AttributeSet Variables { get; private set; } = AttributeSet.Empty;

    /// <summary>Forgets everything.</summary>
    public void Clear() => Variables = AttributeSet.Empty;

    /// <summary>Other names instead of all there are.</summary>
    public void Replace(AttributeSet set) => Variables = set;

    public void Add(AttributeSet set) => Variables = AttributeSet.Update(Variables, set);

    /// <summary>Also the builtins that can be written without <c>builtins.</c></summary>
    public IEnumerable<string> Names(Evaluator evaluator)
    {
        foreach (var name in evaluator.GlobalNames)
            yield return name;
        for (var index = 0; index < Variables.Count; index++)
            yield return Variables.SymbolAt(index).ToString();
    }
}
