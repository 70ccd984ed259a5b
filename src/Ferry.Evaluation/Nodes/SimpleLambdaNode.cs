using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Nodes;

/// <summary><c>x: body</c>. The frame has one slot.</summary>
internal sealed class SimpleLambdaNode(LambdaInformation information) : LambdaNode(information)
{
    public override Value Enter(Frame closure, Delayed argument, Position callSite)
    {
        var frame = Frame.Create(closure, argument);
        return frame.Leave(Run(frame, callSite));
    }

    public override Value Enter(Frame closure, Node argument, Frame frame, Position callSite)
    {
        var inner = Frame.Create(closure, argument.DelayArgument(frame));
        return inner.Leave(Run(inner, callSite));
    }
}
