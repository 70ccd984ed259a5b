using Ferry.Cli.Composition;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Cli.Installables;

/// <summary>Finds the derivations in a value as <c>nix-build</c> does: itself, or those in a set or list.</summary>
/// <remarks>Below the first level only sets that say <c>recurseForDerivations</c>, and lists, are entered.</remarks>
internal static class DerivationFinder
{
    private static readonly Symbol s_recurse = Symbols.Of("recurseForDerivations");

    public static List<AttributeSet> Find(EvaluationSite site, Value value)
    {
        var found = new List<AttributeSet>();
        Visit(site, value, isTop: true, found);
        return found;
    }

    private static bool Visit(
        EvaluationSite site,
        Value value,
        bool isTop,
        List<AttributeSet> found
    )
    {
        var called = EvaluationSite.AutoCall(value).Force();
        if (PackageReader.IsDerivation(called))
        {
            var set = called.AsAttributeSet;
            if (!found.Exists(known => known.IsSameAs(set)))
                found.Add(set);
            return true;
        }

        if (called.IsList)
        {
            for (var index = 0; index < called.AsList.Length; index++)
                Visit(site, called.AsList[index], isTop: false, found);
        }
        else if (called.IsAttributeSet)
        {
            VisitSet(site, called.AsAttributeSet, isTop, found);
        }
        else if (isTop)
        {
            return false;
        }

        return false;
    }

    private static void VisitSet(
        EvaluationSite site,
        AttributeSet set,
        bool isTop,
        List<AttributeSet> found
    )
    {
        if (
            !isTop
            && !(
                PackageReader.Find(set, s_recurse)?.Force() is { IsBoolean: true, AsBoolean: true }
            )
        )
            return;
        foreach (var index in set.NameOrder())
        {
            if (IsAttributeName(set.SymbolAt(index).ToString()))
                Visit(site, set[index], isTop: false, found);
        }
    }

    // Stock passes over names that could not be typed in an attribute path.
    private static bool IsAttributeName(string name) =>
        name.Length > 0
        && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+');
}
