using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Evaluation.Nodes;

/// <summary><c>{ a, b ? d, ... } @ x: body</c>. The frame has the formals in symbol order, then <c>x</c>.</summary>
internal sealed class FormalsLambdaNode(LambdaInformation information, bool hasEllipsis)
    : LambdaNode(information)
{
    private const string WhileForcing = "while evaluating the value passed for the lambda argument";

    private FormalInformation[] _formals = [];

    public bool HasEllipsis { get; } = hasEllipsis;

    public override ReadOnlySpan<FormalInformation> Formals => _formals;

    /// <summary>Once, by the binder: defaults are bound in the lambda's own scope.</summary>
    public void SetFormals(FormalInformation[] formals) => _formals = formals;

    public override Value Enter(Frame closure, Delayed argument, Position callSite)
    {
        var shared = argument.Share();
        if (!shared.IsAttributeSet)
            shared = ForceArgument(shared, callSite);
        return EnterSet(closure, shared, callSite);
    }

    public override Value Enter(Frame closure, Node argument, Frame frame, Position callSite)
    {
        Value value;
        try
        {
            value = argument.Evaluate(frame);
            if (!value.IsAttributeSet)
                throw NotASet(value);
        }
        catch (EvaluationException failure) when (AddCallSite(failure, callSite))
        {
            throw;
        }
        return EnterSet(closure, value, callSite);
    }

    private Value ForceArgument(Value argument, Position callSite)
    {
        try
        {
            argument = argument.Force(Information.Position);
            return argument.IsAttributeSet ? argument : throw NotASet(argument);
        }
        catch (EvaluationException failure) when (AddCallSite(failure, callSite))
        {
            throw;
        }
    }

    private EvaluationException NotASet(Value argument) =>
        Forcing
            .WrongType("a set", argument, Position.None)
            .WithTrace(Information.Position, WhileForcing);

    private static bool AddCallSite(EvaluationException failure, Position callSite) =>
        callSite.IsKnown && failure.AddTrace(callSite, "from call site");

    private Value EnterSet(Frame closure, Value argument, Position callSite)
    {
        var formals = _formals;
        var set = argument.AsAttributeSet;
        var hasArgument = Information.Argument is not null;
        var frame = Frame.Create(closure, formals.Length + (hasArgument ? 1 : 0));
        if (hasArgument)
            frame.Set(formals.Length, argument);

        // Both sides are sorted by symbol. Defaults may look at any formal, so a slot must never be read
        // before it is filled: suspending a default only notes the frame.
        var used = 0;
        for (var index = 0; index < formals.Length; index++)
        {
            var at = set.Find(formals[index].Name.Id);
            if (at >= 0)
            {
                frame.Set(index, set[at]);
                used++;
            }
            else
            {
                var fallback = formals[index].Default ?? throw Missing(index, callSite);
                frame.Set(index, fallback.Delay(frame));
            }
        }
        if (!HasEllipsis && used != set.Count)
            throw Unexpected(set, callSite);
        return frame.Leave(Run(frame, callSite));
    }

    private EvaluationException Missing(int index, Position callSite) =>
        EvaluationException
            .WrongType(
                $"function '{Information.ShownName}' called without required argument '{_formals[index].Name}'",
                Information.Position
            )
            .WithTrace(callSite, "from call site");

    private EvaluationException Unexpected(AttributeSet set, Position callSite)
    {
        var names = Array.ConvertAll(_formals, formal => formal.Name.ToString());
        for (var index = 0; ; index++)
        {
            var name = set.SymbolAt(index);
            if (Array.Exists(_formals, formal => ReferenceEquals(formal.Name, name)))
                continue;
            return EvaluationException
                .Misspelt(
                    $"function '{Information.ShownName}' called with unexpected argument '{name}'",
                    Information.Position,
                    NearNames.Find(name.ToString(), names)
                )
                .WithTrace(callSite, "from call site");
        }
    }
}
