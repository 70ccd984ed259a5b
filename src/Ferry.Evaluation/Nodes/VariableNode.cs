using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;

namespace Ferry.Evaluation.Nodes;

/// <summary>A name with a known slot, some frames up. The nearest frames have classes without a loop.</summary>
internal abstract class VariableNode(int slot, Position position) : Node
{
    protected int Slot { get; } = slot;

    protected Position Position { get; } = position;

    public static VariableNode Create(int depth, int slot, Position position) =>
        depth switch
        {
            0 => new LocalVariableNode(slot, position),
            1 => new OuterVariableNode(slot, position),
            _ => new DistantVariableNode(depth, slot, position),
        };

    protected abstract Frame FrameOf(Frame frame);

    // A copy of what is there or a reference to the slot; a thunk only while the bindings around are being made.
    public override Delayed Delay(Frame frame) => FrameOf(frame).Delay(Slot, this, frame);

    public override bool TryEvaluateCheaply(Frame frame, out Value result)
    {
        result = FrameOf(frame).Get(Slot);
        return result.IsForced;
    }

    private sealed class LocalVariableNode(int slot, Position position)
        : VariableNode(slot, position)
    {
        protected override Frame FrameOf(Frame frame) => frame;

        public override Value Evaluate(Frame frame) => frame.Force(Slot, Position);

        public override Delayed Delay(Frame frame) => frame.Delay(Slot, this, frame);
    }

    private sealed class OuterVariableNode(int slot, Position position)
        : VariableNode(slot, position)
    {
        protected override Frame FrameOf(Frame frame) => frame.Up;

        public override Value Evaluate(Frame frame) => frame.Up.Force(Slot, Position);

        public override Delayed Delay(Frame frame) => frame.Up.Delay(Slot, this, frame);
    }

    private sealed class DistantVariableNode(int depth, int slot, Position position)
        : VariableNode(slot, position)
    {
        protected override Frame FrameOf(Frame frame)
        {
            for (var level = depth; level > 0; level--)
                frame = frame.Up;
            return frame;
        }

        public override Value Evaluate(Frame frame) => FrameOf(frame).Force(Slot, Position);
    }
}
