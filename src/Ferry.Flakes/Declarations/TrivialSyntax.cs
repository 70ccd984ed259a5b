using Ferry.Evaluation.Values;
using Ferry.Syntax.Tree;

namespace Ferry.Flakes.Declarations;

/// <summary>Which expressions <c>flake.nix</c> may have where nothing is computed: literals, sets and lists of them, functions.</summary>
internal static class TrivialSyntax
{
    private static readonly string[] s_literals = ["true", "false", "null"];

    public static bool IsTrivial(Expression? expression) =>
        expression switch
        {
            AttributeSetExpression set => set.DynamicAttributes.IsEmpty,
            VariableExpression variable => s_literals.Contains(variable.Name.ToString()),
            null => false,
            _ => expression.Kind
                is ExpressionKind.Integer
                    or ExpressionKind.Float
                    or ExpressionKind.String
                    or ExpressionKind.Path
                    or ExpressionKind.List
                    or ExpressionKind.Lambda,
        };

    /// <summary>The expression of an attribute; null when the set's syntax does not tell.</summary>
    public static Expression? Attribute(Expression? set, string name) =>
        set is AttributeSetExpression attributes
        && attributes.IndexOf(Symbols.Of(name)) is >= 0 and var index
            ? attributes.Attributes[index].Value
            : null;
}
