using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;

namespace Ferry.Builtins;

/// <summary>Computes a value and everything inside it.</summary>
/// <remarks>Visits each set and list once, so values that contain themselves end. Depth is limited as calls are.</remarks>
public static class DeepForcing
{
    public static void Force(Value value) => Force(value, new HashSet<Value>(SameValue.Instance));

    private static void Force(Value value, HashSet<Value> seen)
    {
        var stack = CallStack.Enter(Position.None);
        value = value.Force();
        if (value.IsAttributeSet && value.AsAttributeSet.Count > 0 && seen.Add(value))
            ForceSet(value.AsAttributeSet, seen);
        else if (value.IsList && value.AsList.Length > 0 && seen.Add(value))
            ForceList(value.AsList, seen);
        stack.Leave();
    }

    private static void ForceSet(AttributeSet set, HashSet<Value> seen)
    {
        for (var index = 0; index < set.Count; index++)
        {
            try
            {
                Force(set[index], seen);
            }
            catch (EvaluationException failure)
                when (failure.AddTrace(
                        set.PositionAt(index),
                        $"while evaluating the attribute '{set.SymbolAt(index)}'"
                    )
                )
            {
                throw;
            }
        }
    }

    private static void ForceList(ListValue list, HashSet<Value> seen)
    {
        for (var index = 0; index < list.Length; index++)
        {
            try
            {
                Force(list[index], seen);
            }
            catch (EvaluationException failure)
                when (failure.AddTrace(
                        Position.None,
                        $"while evaluating list element at index {index}"
                    )
                )
            {
                throw;
            }
        }
    }

    private sealed class SameValue : IEqualityComparer<Value>
    {
        public static SameValue Instance { get; } = new();

        public bool Equals(Value x, Value y) => x.IsSameAs(y);

        public int GetHashCode(Value value) => value.Word.GetHashCode();
    }
}
