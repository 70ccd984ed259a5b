using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Tree;

namespace Ferry.Flakes.Declarations;

/// <summary>A value in <c>flake.nix</c> that may be looked at but not computed.</summary>
/// <param name="Raw">Forced only when its syntax is trivial.</param>
/// <param name="Position">Where the attribute was written.</param>
/// <param name="Syntax">Its expression; null when that is not known, and then nothing may be computed.</param>
internal readonly record struct DeclaredValue(Value Raw, Position Position, Expression? Syntax)
{
    private const string ThunkName = "a thunk";

    public bool IsTrivial => TrivialSyntax.IsTrivial(Syntax);

    /// <summary>The name of its type, as messages have it.</summary>
    public string TypeName => IsTrivial ? TypeNames.Show(Raw.Force()) : ThunkName;

    public bool IsText => IsTrivial && Raw.Force().IsString;

    public string Text => Raw.Force().AsString.ToString();

    public AttributeSet Set => Raw.Force().AsAttributeSet;

    public Value Value => Raw.Force();

    /// <summary>The attributes in the order of names.</summary>
    public IEnumerable<(string Name, DeclaredValue Value)> Members()
    {
        var set = Set;
        var order = set.NameOrder().ToArray();
        foreach (var index in order)
        {
            var name = set.SymbolAt(index).ToString();
            yield return (
                name,
                new(set[index], set.PositionAt(index), TrivialSyntax.Attribute(Syntax, name))
            );
        }
    }

    public DeclaredValue? Member(string name)
    {
        var set = Set;
        return set.Find(Symbols.Of(name)) is >= 0 and var index
            ? new(set[index], set.PositionAt(index), TrivialSyntax.Attribute(Syntax, name))
            : null;
    }

    public void RequireSet() => Require(IsTrivial && Raw.Force().IsAttributeSet, "a set");

    public void RequireText() => Require(IsText, "a string");

    public bool RequireBoolean()
    {
        Require(IsTrivial && Raw.Force().IsBoolean, "a Boolean");
        return Raw.Force().AsBoolean;
    }

    public void RequireFunction() => Require(IsTrivial && Raw.Force().IsFunction, "a function");

    private void Require(bool isRight, string expected)
    {
        if (!isRight)
            throw new FlakeException($"expected {expected} but got {TypeName} at {Position}");
    }
}
