using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Nodes;

/// <summary>A function. Its value is this node and the frame it was made in.</summary>
internal abstract class LambdaNode(LambdaInformation information) : Node
{
    public LambdaInformation Information { get; } = information;

    /// <summary>Set once by the binder, which needs the lambda's scope to make it.</summary>
    public Node Body { get; set; } = null!;

    /// <summary>Names the function after the dynamic attribute it was evaluated for; inner functions too.</summary>
    public void SetName(Symbol name)
    {
        Information.Name = name;
        if (Body is LambdaNode inner)
            inner.SetName(name);
    }

    /// <summary>Formals sorted by symbol; empty when there are none.</summary>
    public virtual ReadOnlySpan<FormalInformation> Formals => [];

    public sealed override Value Evaluate(Frame frame) => Value.Lambda(this, frame);

    public sealed override Delayed Delay(Frame frame) =>
        Delayed.Of(Value.UnforcedLambda(this, frame));

    /// <summary>Runs the function.</summary>
    /// <param name="closure">Where the function was made.</param>
    /// <param name="argument">Not forced unless the function has formals.</param>
    /// <param name="callSite">For traces.</param>
    public abstract Value Enter(Frame closure, Delayed argument, Position callSite);

    /// <summary>The same for an argument that is not even suspended yet.</summary>
    /// <param name="closure">Where the function was made.</param>
    /// <param name="argument">The argument's expression.</param>
    /// <param name="frame">Where the argument stands.</param>
    /// <param name="callSite">For traces.</param>
    public abstract Value Enter(Frame closure, Node argument, Frame frame, Position callSite);

    /// <summary>Evaluates the body; names the function in traces when those are wanted.</summary>
    protected Value Run(Frame frame, Position callSite) =>
        Information.IsTraced ? RunTraced(frame, callSite) : Body.Evaluate(frame);

    private Value RunTraced(Frame frame, Position callSite)
    {
        try
        {
            return Body.Evaluate(frame);
        }
        catch (EvaluationException failure) when (AddTrace(failure, callSite))
        {
            throw;
        }
    }

    private bool AddTrace(EvaluationException failure, Position callSite)
    {
        failure.AddTrace(Information.Position, $"while calling {Information.QuotedName}");
        return callSite.IsKnown && failure.AddTrace(callSite, "from call site");
    }
}

/// <param name="Position">Of the function.</param>
/// <param name="Argument">The name of the whole argument; null when there are only formals.</param>
/// <param name="IsTraced">Calls are named in traces.</param>
/// <param name="Documentation">The bytes of its documentation comment; empty when there is none.</param>
internal sealed record LambdaInformation(
    Position Position,
    Symbol? Argument,
    bool IsTraced,
    ReadOnlyMemory<byte> Documentation
)
{
    /// <summary>The attribute it was defined as; null when anonymous.</summary>
    public Symbol? Name { get; set; }

    /// <summary>For traces; the quotes are part of it, since they are coloured as well.</summary>
    public string QuotedName => Name is { } name ? $"'{name}'" : "anonymous lambda";

    public string ShownName => Name?.ToString() ?? "anonymous lambda";
}

/// <param name="Name">Of the argument.</param>
/// <param name="Default">Null when it is required.</param>
/// <param name="Position">Where it was written.</param>
internal readonly record struct FormalInformation(Symbol Name, Node? Default, Position Position);
