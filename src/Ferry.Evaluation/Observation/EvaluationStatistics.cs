using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;

namespace Ferry.Evaluation.Observation;

/// <summary>What all evaluations of this process have used so far.</summary>
/// <param name="ValueBytes">Memory handed out for values; none of it has been taken back.</param>
/// <param name="SuspendableExpressions">Expressions of all texts that can become thunks or functions.</param>
/// <param name="Symbols">Different names.</param>
/// <param name="SymbolBytes">Their lengths together.</param>
public readonly record struct EvaluationStatistics(
    long ValueBytes,
    int SuspendableExpressions,
    int Symbols,
    long SymbolBytes
)
{
    public static EvaluationStatistics Now()
    {
        var symbols = Values.Symbols.Table;
        var bytes = 0L;
        for (var id = 0; id < symbols.Count; id++)
            bytes += symbols[id].Bytes.Length;
        return new(Arena.UsedBytes, Node.RegisteredCount, symbols.Count, bytes);
    }
}
