using Ferry.Cli.Composition;
using Ferry.Cli.Verbs;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Parallel;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Cli.Installables;

/// <summary>Finds the derivations in a value as <c>nix-build</c> does: itself, or those in a set or list.</summary>
/// <remarks>Below the first level only sets that say <c>recurseForDerivations</c>, and lists in lists, are entered.</remarks>
internal static class DerivationFinder
{
    private static readonly Symbol s_recurse = Symbols.Of("recurseForDerivations");

    /// <param name="site">Where it is evaluated; on its thread.</param>
    /// <param name="value">Where to look.</param>
    /// <param name="arguments">For functions on the way.</param>
    /// <exception cref="CommandException">The value, or an item of a list, is neither a derivation nor a set or list.</exception>
    public static List<AttributeSet> Find(
        EvaluationSite site,
        Value value,
        IReadOnlyCollection<FunctionArgument> arguments
    )
    {
        var search = new Search(site, arguments);
        search.Visit(value);
        return search.Found;
    }

    // Stock passes over names that could not be typed in an attribute path.
    private static bool IsAttributeName(string name) =>
        name.Length > 0
        && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+');

    private sealed class Search(
        EvaluationSite site,
        IReadOnlyCollection<FunctionArgument> arguments
    )
    {
        public List<AttributeSet> Found { get; } = [];

        public void Visit(Value value)
        {
            var called = site.AutoCall(value, arguments).Force();
            if (TryAdd(called))
                return;
            if (called.IsList)
            {
                Ahead.OfferPackages(called);
                for (var index = 0; index < called.AsList.Length; index++)
                    Visit(called.AsList[index]);
            }
            else if (called.IsAttributeSet)
                VisitSet(called.AsAttributeSet);
            else
                throw new CommandException(
                    "expression does not evaluate to a derivation (or a set or list of those)"
                );
        }

        private void VisitSet(AttributeSet set)
        {
            Ahead.OfferPackages(set.ToValue());
            foreach (var index in set.NameOrder())
            {
                if (!IsAttributeName(set.SymbolAt(index).ToString()))
                    continue;
                var value = set[index].Force();
                if (!TryAdd(value) && value.IsAttributeSet && Recurses(value.AsAttributeSet))
                    Visit(value);
            }
        }

        private bool TryAdd(Value value)
        {
            if (!PackageReader.IsDerivation(value))
                return false;
            var set = value.AsAttributeSet;
            if (!Found.Exists(known => known.IsSameAs(set)))
                Found.Add(set);
            return true;
        }

        private static bool Recurses(AttributeSet set) =>
            PackageReader.Find(set, s_recurse)?.Force() is { IsBoolean: true, AsBoolean: true };
    }
}
