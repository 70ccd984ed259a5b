using System.Text;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;
using Ferry.Evaluation.Values;

namespace Ferry.Evaluation.Observation;

/// <summary>One call: what is called and from where.</summary>
/// <remarks>What it knows of the function is text or belongs to the program, so that it may outlive the evaluation.</remarks>
public readonly record struct ObservedCall
{
    internal ObservedCall(Value function, Value argument, Position position)
    {
        Position = position;
        if (function.IsLambda)
        {
            Lambda = function.LambdaNode.Information;
        }
        else if (function.IsBuiltin || function.IsPartialApplication)
        {
            Builtin = function.BoundBuiltin.Builtin.Name;
            if (function.IsBuiltin && Builtin == "derivationStrict")
                DerivationName = NameOf(argument);
        }
        else if (function.IsAttributeSet)
        {
            var set = function.AsAttributeSet;
            var index = set.Find(KnownNames.Functor);
            IsFunctor = index >= 0;
            if (IsFunctor && !position.IsKnown)
                Position = set.PositionAt(index);
        }
    }

    /// <summary>Of the call; unknown for calls that builtins make.</summary>
    public Position Position { get; }

    /// <summary>The builtin that is called, perhaps with its last arguments only; null for other functions.</summary>
    public string? Builtin { get; }

    /// <summary>True for a set with <c>__functor</c>.</summary>
    public bool IsFunctor { get; }

    internal LambdaInformation? Lambda { get; }

    private string? DerivationName { get; }

    /// <summary>As a frame of a folded stack: where, and what. Source: stock's manual, "Using the eval-profiler".</summary>
    public string ToFrame()
    {
        var name =
            Builtin is not null ? $"primop {Builtin}"
            : IsFunctor ? "functor"
            : Lambda?.Name?.ToString();
        if (DerivationName is not null)
            name += ":" + DerivationName;
        var place = Position.IsKnown ? Position : Lambda?.Position ?? Position.None;
        if (!place.IsKnown)
            return name ?? Show(place);
        return name is null ? Show(place) : $"{Show(place)}:{name}";
    }

    /// <summary>A position as stock prints it in profiles and traces of calls.</summary>
    internal static string Show(Position position) =>
        position.IsKnown ? position.ToString() : "«none»:0";

    // The name of a derivation says more than that one is made; what is wrong with it the builtin itself reports.
    private static string? NameOf(Value argument)
    {
        var mark = Trail.Mark();
        try
        {
            var forced = argument.Force();
            return
                forced.IsAttributeSet
                && forced.AsAttributeSet.TryGet(KnownNames.Name, out var name)
                && name.Force() is { IsString: true } text
                ? Encoding.UTF8.GetString(text.AsString.Bytes)
                : null;
        }
        catch (EvaluationException)
        {
            Trail.Abandon(mark);
            return null;
        }
    }
}
