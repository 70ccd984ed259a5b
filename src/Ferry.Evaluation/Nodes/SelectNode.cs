using System.Runtime.CompilerServices;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Nodes;

/// <summary><c>e.name</c>.</summary>
internal sealed class SelectNode(Node subject, Symbol name, Position position) : Node
{
    private readonly Node _subject = subject;
    private readonly int _symbol = name.Id;
    private ShapeCache _cache;

    public override Value Evaluate(Frame frame)
    {
        var value = _subject.Evaluate(frame);
        if (!value.IsAttributeSet)
            throw NotASet(value);
        var index = value.FindAttribute(_symbol, ref _cache, out var set);
        if (index < 0)
            throw Selection.Missing(value.AsAttributeSet, name, position);
        return set.TryGetForced(index, out var attribute) ? attribute : Force(set, index);
    }

    public override bool TryEvaluateCheaply(Frame frame, out Value result)
    {
        result = default;
        if (!_subject.TryEvaluateCheaply(frame, out var value) || !value.IsAttributeSet)
            return false;
        var index = value.FindAttribute(_symbol, ref _cache, out var set);
        return index >= 0 && set.TryGetForced(index, out result);
    }

    public override Delayed DelayArgument(Frame frame) =>
        TryEvaluateCheaply(frame, out var value) ? Delayed.Of(value) : Delayed.Thunk(this, frame);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value Force(AttributeSet set, int index)
    {
        var defined = set.PositionAt(index);
        try
        {
            return set.ForceKnown(index, defined.IsKnown ? defined : position);
        }
        catch (EvaluationException failure)
            when (Selection.AddTrace(failure, defined, name.ToString()))
        {
            throw;
        }
    }

    private EvaluationException NotASet(Value subject) =>
        Forcing
            .WrongType("a set", subject, Position.None)
            .WithTrace(position, Selection.WhileSelecting);
}

/// <summary>What all selects share.</summary>
internal static class Selection
{
    public const string WhileSelecting = "while selecting an attribute";

    /// <summary>The file with the definition of <c>derivation</c>, which would only clutter traces.</summary>
    public const string DerivationFile = "«nix-internal»/derivation-internal.nix";

    public static bool AddTrace(EvaluationException failure, Position defined, string path)
    {
        if (!defined.IsKnown || defined.Location!.Source.Name == DerivationFile)
            return false;
        return failure.AddTrace(defined, $"while evaluating the attribute '{path}'");
    }

    public static bool AddTrace(
        EvaluationException failure,
        Position defined,
        AttributeNameNode[] path,
        Frame frame
    ) => defined.IsKnown && AddTrace(failure, defined, AttributeNameNode.Show(path, frame));

    public static EvaluationException Missing(AttributeSet set, Symbol name, Position position)
    {
        var names = new string[set.Count];
        for (var index = 0; index < names.Length; index++)
            names[index] = set.SymbolAt(index).ToString();
        return EvaluationException.Misspelt(
            $"attribute '{name}' missing",
            position,
            NearNames.Find(name.ToString(), names)
        );
    }
}
