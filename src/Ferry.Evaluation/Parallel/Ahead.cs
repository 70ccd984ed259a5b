using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Parallel;

/// <summary>How the rest of the evaluator deals with <see cref="Helpers"/>.</summary>
public static class Ahead
{
    private static readonly Symbol s_type = Symbols.Of("type");
    private static readonly Symbol s_drvPath = Symbols.Of("drvPath");

    // Of the evaluating thread and of its helpers; null where there are none.
    [ThreadStatic]
    private static Helpers? t_helpers;

    // Sets of uncertain order that are being walked.
    [ThreadStatic]
    private static int t_uncertain;

    internal static void Join(Helpers? helpers) => t_helpers = helpers;

    /// <summary>Everything in a list or set is going to be forced.</summary>
    internal static void OfferDeep(Value container) => Offer(container, Purpose.Deep);

    /// <summary>Every element of a list or set is going to be turned into text.</summary>
    internal static void OfferText(Value container) => Offer(container, Purpose.Text);

    /// <summary>The derivations in a list or set are going to be instantiated.</summary>
    public static void OfferPackages(Value container) => Offer(container, Purpose.Package);

    /// <summary>Before an effect that a person or another program could see.</summary>
    /// <exception cref="EvaluationException">The calling thread only helps; the evaluating thread will come here itself.</exception>
    public static void RequireEvaluatingThread()
    {
        if (Trail.IsHelper)
            throw EvaluationException.Interrupted();
    }

    /// <summary>Before showing which parts of a value have been computed.</summary>
    /// <exception cref="EvaluationException">Helpers may have computed some of them: evaluation begins anew without them.</exception>
    public static void RequireOneThread()
    {
        if (t_helpers is { HasStarted: true })
            throw EvaluationException.NeedsOneThread();
    }

    /// <summary>True where several threads may have been the first to meet names of the set.</summary>
    internal static bool IsOrderUncertain(AttributeSet set) =>
        t_helpers is { HasStarted: true } helpers
        && set.Count > 1
        && set.SymbolAt(set.Count - 2).Id >= helpers.FirstSymbol;

    /// <summary>Walks a set of which the order is uncertain: it must not show which attribute came first.</summary>
    /// <exception cref="EvaluationException">It would show: evaluation begins anew with one thread.</exception>
    internal static void VisitUncertain(Action visit)
    {
        var depth = t_uncertain++;
        try
        {
            visit();
        }
        catch (EvaluationException failure)
            when (failure.Kind is not EvaluationErrorKind.Interrupted)
        {
            throw EvaluationException.NeedsOneThread();
        }
        finally
        {
            t_uncertain = depth;
        }
    }

    /// <summary>Before a message, which belongs at one place in the order of all messages.</summary>
    /// <exception cref="EvaluationException">As <see cref="RequireEvaluatingThread"/> and <see cref="RequireOneThread"/>.</exception>
    internal static void RequireKnownOrder()
    {
        RequireEvaluatingThread();
        if (t_uncertain > 0)
            throw EvaluationException.NeedsOneThread();
    }

    internal static void Compute(Value value, Purpose purpose)
    {
        if (value.Peek(out _) == SlotState.Claimed)
            return; // Somebody is at it.
        switch (purpose)
        {
            case Purpose.Deep:
                DeepForcing.Force(value);
                break;
            case Purpose.Text:
                ComputeText(value);
                break;
            default:
                ComputePackage(value.Force());
                break;
        }
    }

    private static void Offer(Value container, Purpose purpose)
    {
        if (t_helpers is { WantsOffers: true } helpers)
            helpers.Add(new Offer(container, purpose, Trail.Mark().CallDepth));
    }

    private static void ComputeText(Value value)
    {
        var stack = CallStack.Enter(default);
        value = value.Force();
        if (value.IsList)
        {
            var list = value.AsList;
            for (var index = 0; index < list.Length; index++)
                ComputeText(list[index]);
        }
        else if (
            value.IsAttributeSet && value.AsAttributeSet.TryGet(KnownNames.OutPath, out var path)
        )
            path.Force();
        stack.Leave();
    }

    private static void ComputePackage(Value value)
    {
        if (
            value.IsAttributeSet
            && value.AsAttributeSet.TryGet(s_type, out var type)
            && type.Force() is { IsString: true } kind
            && kind.AsString.Equals("derivation"u8)
            && value.AsAttributeSet.TryGet(s_drvPath, out var path)
        )
            path.Force();
    }
}
