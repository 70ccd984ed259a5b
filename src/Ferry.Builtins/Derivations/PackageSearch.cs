using System.Globalization;
using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Parallel;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Builtins.Derivations;

/// <summary>The derivations in a value: itself, or those of a list or set, deeper sets where they ask for it.</summary>
/// <remarks>As stock's commands of old search: names that could not be typed in an attribute path are passed over.</remarks>
public sealed class PackageSearch
{
    private static readonly Symbol s_recurse = Symbols.Of("recurseForDerivations");
    private static readonly Symbol s_combineChannels = Symbols.Of("_combineChannels");

    private readonly Evaluator _evaluator;
    private readonly AttributeSet _arguments;
    private readonly bool _skipsFailedAssertions;
    private readonly List<FoundPackage> _found = [];
    private readonly HashSet<AttributeSet> _known = [];

    private PackageSearch(Evaluator evaluator, AttributeSet arguments, bool skipsFailedAssertions)
    {
        _evaluator = evaluator;
        _arguments = arguments;
        _skipsFailedAssertions = skipsFailedAssertions;
    }

    /// <param name="evaluator">Its settings count.</param>
    /// <param name="value">Functions are called on the way.</param>
    /// <param name="arguments">For functions that ask for one by name.</param>
    /// <exception cref="EvaluationException">Something was evaluated that fails, or is neither package nor collection.</exception>
    public static IReadOnlyList<AttributeSet> Find(
        Evaluator evaluator,
        Value value,
        AttributeSet arguments
    )
    {
        var search = new PackageSearch(evaluator, arguments, skipsFailedAssertions: false);
        search.Visit(value, "");
        return [.. search._found.Select(found => found.Package)];
    }

    /// <summary>As <see cref="Find"/>, with where each package was; what fails by an assertion or a throw is passed over.</summary>
    /// <param name="evaluator">Its settings count.</param>
    /// <param name="value">Functions are called on the way.</param>
    /// <param name="arguments">For functions that ask for one by name.</param>
    /// <param name="path">Where the value itself is.</param>
    /// <exception cref="EvaluationException">Something was evaluated that fails otherwise, or is neither package nor collection.</exception>
    public static IReadOnlyList<FoundPackage> FindPlaces(
        Evaluator evaluator,
        Value value,
        AttributeSet arguments,
        string path
    )
    {
        var search = new PackageSearch(evaluator, arguments, skipsFailedAssertions: true);
        search.Visit(value, path);
        return search._found;
    }

    private void Visit(Value value, string path)
    {
        var stack = CallStack.Enter(Position.None);
        value = Evaluator.AutoCall(value, _arguments);
        if (!IsMore(value, path))
        {
            stack.Leave();
            return;
        }

        if (value.IsAttributeSet)
            VisitSet(value.AsAttributeSet, path);
        else if (value.IsList)
            VisitList(value.AsList, path);
        else
            throw EvaluationException.WrongType(
                $"expression does not evaluate to a derivation (or a set or list of those)"
            );
        stack.Leave();
    }

    // False for a package, and for what fails and may be passed over: neither is looked into.
    private bool IsMore(Value value, string path)
    {
        var mark = Trail.Mark();
        try
        {
            return !IsPackage(value, path);
        }
        catch (EvaluationException failure) when (_skipsFailedAssertions && failure.IsCatchable)
        {
            Trail.Unwind(mark, failure);
            return false;
        }
    }

    private bool IsPackage(Value value, string path)
    {
        value = value.Force();
        if (
            !value.IsAttributeSet
            || !Evaluation.Coercion.Derivations.IsDerivation(value.AsAttributeSet)
        )
            return false;
        var set = value.AsAttributeSet;
        if (_known.Contains(set))
            return true;
        if (!set.TryGet(KnownNames.Name, out var name))
            throw EvaluationException.WrongType($"derivation name missing");
        Forcing.StringWithoutContext(
            _evaluator,
            name,
            Position.None,
            "while evaluating the 'name' attribute of a derivation"
        );
        _known.Add(set);
        _found.Add(new(path, set));
        return true;
    }

    private void VisitList(ListValue list, string path)
    {
        Ahead.OfferPackages(list.ToValue());
        for (var index = 0; index < list.Length; index++)
        {
            var here = Below(path, index.ToString(CultureInfo.InvariantCulture));
            if (IsMore(list[index], here))
                Visit(list[index], here);
        }
    }

    private void VisitSet(AttributeSet set, string path)
    {
        Ahead.OfferPackages(set.ToValue());
        var isChannels = set.Find(s_combineChannels) >= 0;
        foreach (var index in set.NameOrder())
        {
            if (!IsPathComponent(set.SymbolAt(index).Bytes))
                continue;
            var here = Below(path, set.SymbolAt(index).ToString());
            try
            {
                if (isChannels || (IsMore(set[index], here) && AsksForMore(set[index].Force())))
                    Visit(set[index], here);
            }
            catch (EvaluationException failure)
                when (failure.AddTrace(
                        set.PositionAt(index),
                        $"while evaluating the attribute '{set.SymbolAt(index)}'"
                    )
                )
            {
                throw;
            }
        }
    }

    private static string Below(string path, string name) =>
        path.Length == 0 ? name : $"{path}.{name}";

    private static bool AsksForMore(Value value)
    {
        if (!value.IsAttributeSet)
            return false;
        var set = value.AsAttributeSet;
        var index = set.Find(s_recurse);
        return index >= 0
            && Forcing.Boolean(
                set[index],
                set.PositionAt(index),
                "while evaluating the attribute `recurseForDerivations`"
            );
    }

    private static bool IsPathComponent(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || !(char.IsAsciiLetter((char)name[0]) || name[0] == '_'))
            return false;
        foreach (var character in name)
        {
            if (
                !char.IsAsciiLetterOrDigit((char)character)
                && character is not ((byte)'-' or (byte)'_' or (byte)'+')
            )
                return false;
        }

        return true;
    }
}

/// <param name="Path">Where it was, as an attribute path; empty for the value itself.</param>
/// <param name="Package">The derivation's attributes.</param>
public readonly record struct FoundPackage(string Path, AttributeSet Package);
