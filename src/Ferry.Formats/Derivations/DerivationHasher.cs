using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Ferry.Formats.ATerm;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.Derivations;

/// <summary>A derivation's hash modulo fixed outputs.</summary>
/// <param name="Outputs">Of each output: one hash for all, except that a fixed output's follows from its content.</param>
/// <param name="IsDeferred">True when a floating or impure output lies below, so no path can be computed from it.</param>
public sealed record DerivationHash(SortedMap<ByteString, Hash> Outputs, bool IsDeferred);

/// <summary>Computes hashes modulo fixed outputs, and from them output paths. Any number of threads may use it.</summary>
/// <remarks>
/// An input derivation stands in the hashed text by its own hash, and a fixed-output one by its content; so the way a
/// source is fetched never changes what depends on it. Source: Nix manual, "Complete Store Path Calculation".
/// </remarks>
/// <param name="paths">Of the store the paths are for.</param>
/// <param name="readDerivation">Gives the derivation at a path; called once for each that was not told by <see cref="Remember"/>.</param>
public sealed class DerivationHasher(
    StorePathFactory paths,
    Func<StorePath, Derivation> readDerivation
)
{
    private readonly ConcurrentDictionary<StorePath, DerivationHash> _known = new();

    /// <summary>The hash that stands for this derivation in those that depend on it.</summary>
    public DerivationHash Hash(Derivation derivation) => Hash(derivation, maskOutputs: false);

    /// <summary>Computes and keeps the hash of a derivation that has just got its path, so that it need not be read.</summary>
    public DerivationHash Remember(StorePath path, Derivation derivation) =>
        _known[path] = Hash(derivation);

    /// <summary>
    /// Replaces deferred outputs by input-addressed ones with their paths, in <see cref="Derivation.Outputs"/> and in the
    /// environment variables named like outputs. Fixed outputs get their variable. Others stay as they are.
    /// </summary>
    public Derivation FillOutputPaths(Derivation derivation)
    {
        if (derivation.Kind is DerivationKind.Floating or DerivationKind.Impure)
            return derivation;
        DerivationHash? masked = null;
        if (derivation.Kind != DerivationKind.Fixed)
        {
            // The variables are in the hashed text, empty; so they must be there before their values are known.
            derivation = WithVariables(
                derivation,
                derivation.Outputs.Select((_, _) => ByteString.Empty)
            );
            masked = Hash(derivation, maskOutputs: true);
            if (masked.IsDeferred)
                return derivation;
        }
        var outputs = derivation.Outputs.Select(
            (name, output) =>
                masked is null
                    ? output
                    : new DerivationOutput.InputAddressed(
                        paths.Output(name.ToString(), masked.Outputs[name], derivation.Name)
                    )
        );
        var filled = derivation with { Outputs = outputs };
        return WithVariables(
            filled,
            filled
                .KnownOutputPaths(paths)
                .Select(output =>
                    KeyValuePair.Create(
                        output.Key,
                        (ByteString)paths.Directory.Format(output.Value)
                    )
                )
        );
    }

    private static Derivation WithVariables(
        Derivation derivation,
        IEnumerable<KeyValuePair<ByteString, ByteString>> variables
    ) =>
        derivation with
        {
            Environment = SortedMap<ByteString, ByteString>.From(
                derivation.Environment.Concat(variables)
            ),
        };

    /// <summary>Sees to it that a derivation's output paths are those that follow from it.</summary>
    /// <exception cref="BadFormatException">One is not.</exception>
    public void RequireRightOutputPaths(Derivation derivation)
    {
        var kind = derivation.Kind;
        if (kind == DerivationKind.Fixed)
        {
            foreach (var (name, path) in derivation.KnownOutputPaths(paths))
                RequireVariable(derivation, name, path);
        }
        if (kind != DerivationKind.InputAddressed)
            return;
        var masked = Hash(derivation, maskOutputs: true);
        foreach (var (name, path) in derivation.KnownOutputPaths(paths))
        {
            var shown = paths.Directory.Format(path);
            if (masked.IsDeferred)
                throw new BadFormatException(
                    $"derivation has incorrect output '{shown}', should be deferred"
                );
            var right = paths.Output(name.ToString(), masked.Outputs[name], derivation.Name);
            if (path != right)
                throw new BadFormatException(
                    $"derivation has incorrect output '{shown}', should be '{paths.Directory.Format(right)}'"
                );
        }
    }

    private void RequireVariable(Derivation derivation, ByteString name, StorePath path)
    {
        var right = paths.Directory.Format(path);
        if (!derivation.Environment.TryGetValue(name, out var value))
            throw new BadFormatException(
                $"derivation has missing environment variable '{name}', should be '{right}' but is not present"
            );
        if (value != right)
            throw new BadFormatException(
                $"derivation has incorrect environment variable '{name}', should be '{right}' but is actually '{value}'"
            );
    }

    private DerivationHash Hash(Derivation derivation, bool maskOutputs)
    {
        LearnInputs(derivation);
        return HashWithKnownInputs(derivation, maskOutputs);
    }

    // Walks the graph below without recursion, since it may be deeper than any stack.
    private void LearnInputs(Derivation derivation)
    {
        var pending = new Stack<(StorePath Path, Derivation? Derivation)>();
        PushUnknown(derivation, pending);
        while (pending.TryPop(out var next))
        {
            if (_known.ContainsKey(next.Path))
                continue;
            var read = next.Derivation ?? readDerivation(next.Path);
            pending.Push((next.Path, read));
            var before = pending.Count;
            if (read.Kind != DerivationKind.Fixed)
                PushUnknown(read, pending);
            if (pending.Count != before)
                continue;
            pending.Pop();
            _known[next.Path] = HashWithKnownInputs(read, maskOutputs: false);
        }
    }

    private void PushUnknown(
        Derivation derivation,
        Stack<(StorePath Path, Derivation? Derivation)> pending
    )
    {
        foreach (var input in derivation.InputDerivations.Keys)
        {
            if (!_known.ContainsKey(input))
                pending.Push((input, null));
        }
    }

    private DerivationHash HashWithKnownInputs(Derivation derivation, bool maskOutputs)
    {
        var kind = derivation.Kind;
        if (kind == DerivationKind.Fixed)
            return new DerivationHash(
                derivation.Outputs.Select(
                    (name, output) => HashOfFixed(derivation, name, (DerivationOutput.Fixed)output)
                ),
                IsDeferred: false
            );

        var isDeferred = kind is DerivationKind.Floating or DerivationKind.Impure;
        var inputs = new Dictionary<ByteString, ImmutableSortedSet<ByteString>>();
        foreach (var (path, outputNames) in derivation.InputDerivations)
        {
            var input = _known[path];
            isDeferred |= input.IsDeferred;
            foreach (var outputName in outputNames)
            {
                if (!input.Outputs.TryGetValue(outputName, out var hash))
                    throw new BadFormatException(
                        $"no hash for output '{outputName}' of derivation '{derivation.Name}'"
                    );
                ByteString key = hash.Format(HashFormat.Base16, withKind: false);
                inputs[key] = inputs.GetValueOrDefault(key, []).Add(outputName);
            }
        }
        var text = DerivationWriter.WriteForHashing(
            derivation,
            paths,
            SortedMap<ByteString, ImmutableSortedSet<ByteString>>.From(inputs),
            maskOutputs
        );
        var whole = Hashing.Hash.Compute(HashKind.Sha256, text);
        return new DerivationHash(derivation.Outputs.Select((_, _) => whole), isDeferred);
    }

    private Hash HashOfFixed(
        Derivation derivation,
        ByteString outputName,
        DerivationOutput.Fixed output
    )
    {
        var path = paths.Directory.Format(output.PathIn(paths, derivation.Name, outputName)!);
        var digest = output.Address.Hash.Format(HashFormat.Base16, withKind: false);
        return Hashing.Hash.Compute(
            HashKind.Sha256,
            Encoding.UTF8.GetBytes($"fixed:out:{output.Address.MethodAndKind}:{digest}:{path}")
        );
    }
}
