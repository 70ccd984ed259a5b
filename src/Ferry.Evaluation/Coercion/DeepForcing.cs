using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Coercion;

/// <summary>Forces everything inside a value. What was seen already is not visited again, so circles end.</summary>
internal sealed class DeepForcing
{
    private readonly HashSet<ulong> _seen = [];

    public static void Force(Value value) => new DeepForcing().Visit(value);

    private void Visit(Value value)
    {
        var stack = CallStack.Enter(Position.None);
        value = value.Force();
        if (value.IsAttributeSet && _seen.Add(value.Word))
            VisitSet(value.AsAttributeSet);
        else if (value.IsList && value.AsList.Length > 0 && _seen.Add(value.Word))
            VisitList(value.AsList);
        stack.Leave();
    }

    private void VisitSet(AttributeSet set)
    {
        for (var index = 0; index < set.Count; index++)
        {
            try
            {
                Visit(set.ForceVisibly(index));
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

    private void VisitList(ListValue list)
    {
        for (var index = 0; index < list.Length; index++)
        {
            try
            {
                Visit(list.ForceVisibly(index));
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
}
