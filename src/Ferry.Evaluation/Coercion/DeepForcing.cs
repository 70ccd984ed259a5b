using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Parallel;
using Ferry.Evaluation.Values;

namespace Ferry.Evaluation.Coercion;

/// <summary>Forces everything inside a value. What was seen already is not visited again, so circles end.</summary>
internal sealed class DeepForcing
{
    private readonly HashSet<ulong> _seen = [];

    public static void Force(Value value) => new DeepForcing().Visit(value, Position.None);

    private void Visit(Value value, Position origin)
    {
        var stack = CallStack.Enter(origin);
        value = value.Force(origin);
        if (value.IsAttributeSet && _seen.Add(value.Word))
        {
            Ahead.OfferDeep(value);
            VisitSet(value.AsAttributeSet);
        }
        else if (value.IsList && value.AsList.Length > 0 && _seen.Add(value.Word))
        {
            Ahead.OfferDeep(value);
            VisitList(value.AsList);
        }
        stack.Leave();
    }

    private void VisitSet(AttributeSet set)
    {
        if (Ahead.IsOrderUncertain(set))
            Ahead.VisitUncertain(() => VisitAttributes(set));
        else
            VisitAttributes(set);
    }

    private void VisitAttributes(AttributeSet set)
    {
        if (Symbols.Table.HasRanks)
        {
            foreach (var index in NameSorting.ByRank(set))
                VisitAttribute(set, index);
            return;
        }
        for (var index = 0; index < set.Count; index++)
            VisitAttribute(set, index);
    }

    private void VisitAttribute(AttributeSet set, int index)
    {
        try
        {
            VisitSlot(set, index);
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

    private void VisitList(ListValue list)
    {
        for (var index = 0; index < list.Length; index++)
        {
            try
            {
                VisitSlot(list, index);
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

    // The depth is counted before the slot is forced, as in stock.
    private void VisitSlot(AttributeSet set, int index)
    {
        var origin = set.OriginOf(index);
        var stack = CallStack.Enter(origin);
        var value = set.ForceVisibly(index);
        stack.Leave();
        Visit(value, origin);
    }

    private void VisitSlot(ListValue list, int index)
    {
        var origin = list.OriginOf(index);
        var stack = CallStack.Enter(origin);
        var value = list.ForceVisibly(index);
        stack.Leave();
        Visit(value, origin);
    }
}
