using System.Collections.Immutable;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Formats.StorePaths;

namespace Ferry.Builtins.Derivations;

/// <summary>What a derivation needs, read off the context of its attributes.</summary>
internal static class DerivationInputs
{
    public static (
        SortedMap<StorePath, ImmutableSortedSet<ByteString>> Derivations,
        ImmutableSortedSet<StorePath> Sources
    ) Of(IEvaluationStore store, StringContext context)
    {
        var derivations = new Dictionary<StorePath, ImmutableSortedSet<ByteString>>();
        var sources = ImmutableSortedSet.CreateBuilder<StorePath>();
        foreach (var element in context.Elements)
        {
            switch (element.Kind)
            {
                case ContextElementKind.Opaque:
                    sources.Add(element.Path);
                    break;
                case ContextElementKind.Built:
                    derivations[element.Path] = derivations
                        .GetValueOrDefault(element.Path, [])
                        .Add(element.Output);
                    break;
                default:
                    AddClosure(store, element.Path, derivations, sources);
                    break;
            }
        }

        return (
            SortedMap<StorePath, ImmutableSortedSet<ByteString>>.From(derivations),
            sources.ToImmutable()
        );
    }

    // A builder that gets a derivation with all its outputs may look at the whole graph below it, so all of that is input.
    private static void AddClosure(
        IEvaluationStore store,
        StorePath root,
        Dictionary<StorePath, ImmutableSortedSet<ByteString>> derivations,
        ImmutableSortedSet<StorePath>.Builder sources
    )
    {
        var seen = new HashSet<StorePath> { root };
        var open = new Stack<StorePath>([root]);
        while (open.TryPop(out var path))
        {
            sources.Add(path);
            if (path.IsDerivation)
                derivations[path] = [.. store.ReadDerivation(path).Outputs.Keys];
            foreach (var reference in store.References(path))
            {
                if (seen.Add(reference))
                    open.Push(reference);
            }
        }
    }
}
