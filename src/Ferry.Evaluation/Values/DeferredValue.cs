using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;

namespace Ferry.Evaluation.Values;

/// <summary>A value that C# makes when a program first needs it.</summary>
public static class DeferredValue
{
    public static Value Of(Func<Value> make) =>
        new DeferredNode(make).Register().Delay(Frame.None).Share();

    private sealed class DeferredNode(Func<Value> make) : Node
    {
        public override Value Evaluate(Frame frame) => make().Force();
    }
}
