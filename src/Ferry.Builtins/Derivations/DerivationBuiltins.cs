using System.Runtime.CompilerServices;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;

namespace Ferry.Builtins.Derivations;

/// <summary><c>derivationStrict</c>: from a set of attributes to a derivation in the store.</summary>
internal static class DerivationBuiltins
{
    // Hashes of derivations made by one evaluation are kept, since in read-only mode none of them can be read back.
    private static readonly ConditionalWeakTable<Evaluator, DerivationHasher> s_hashers = [];

    public static Builtin[] Table { get; } =
    [
        new(
            "derivationStrict",
            ["args"],
            "Writes a derivation to the store and returns its path and those of its outputs.",
            DerivationStrict
        )
        {
            IsGlobal = true,
        },
    ];

    private static Value DerivationStrict(in BuiltinCall call)
    {
        var set = call.ForceAttributeSet(
            0,
            "while evaluating the argument passed to builtins.derivationStrict"
        );
        var nameIndex = set.Find(KnownNames.Name);
        if (nameIndex < 0)
            throw Attributes.Missing(
                KnownNames.Name,
                "in the attrset passed as argument to builtins.derivationStrict"
            );
        var name = Name(call, set, nameIndex);
        try
        {
            return Make(call, set, name);
        }
        catch (EvaluationException failure)
            when (AddTrace(failure, name, set.PositionAt(nameIndex)))
        {
            throw;
        }
    }

    private static string Name(in BuiltinCall call, AttributeSet set, int index)
    {
        try
        {
            return call.ForceStringWithoutContext(
                    set[index],
                    "while evaluating the `name` attribute passed to builtins.derivationStrict"
                )
                .ToString();
        }
        catch (EvaluationException failure)
            when (failure.AddTrace(
                    set.PositionAt(index),
                    "while evaluating the derivation attribute 'name'"
                )
            )
        {
            throw;
        }
    }

    // The position goes into the text, so that no excerpt of the source is shown: the code there says nothing of the mistake.
    private static bool AddTrace(EvaluationException failure, string name, Position position) =>
        failure.AddTrace(
            Position.None,
            $"while evaluating derivation '{name}'\n  whose name attribute is located at {position}"
        );

    private static Value Make(in BuiltinCall call, AttributeSet set, string name)
    {
        if (StorePathName.Check(name) is { } broken)
        {
            var hint = new Hint(0, 0);
            hint.AppendLiteral($"invalid derivation name: {broken}. Please pass a different '");
            hint.AppendFormatted("name");
            hint.AppendLiteral("'.");
            throw EvaluationException.Failed(hint);
        }

        var draft = new DerivationAttributeReader(call, set, name).Read();
        var (store, evaluator) = (call.Store, call.Evaluator);
        return FormatErrors.Explain(() =>
        {
            var hasher = Hasher(evaluator);
            var derivation = Finish(evaluator, draft, hasher);
            var path = store.WriteDerivation(derivation);
            hasher.Remember(path, derivation);
            return Result(store.Directory, path, derivation);
        });
    }

    private static DerivationHasher Hasher(Evaluator evaluator) =>
        s_hashers.GetValue(
            evaluator,
            owner => new DerivationHasher(
                new StorePathFactory(owner.Store.Directory),
                owner.Store.ReadDerivation
            )
        );

    private static Derivation Finish(
        Evaluator evaluator,
        DerivationDraft draft,
        DerivationHasher hasher
    )
    {
        var (inputDerivations, inputSources) = DerivationInputs.Of(evaluator.Store, draft.Context);
        Check(draft);
        var paths = new StorePathFactory(evaluator.Store.Directory);
        var outputs = draft.OutputHash is { } hash
            ? FixedOutput(evaluator, draft, hash, paths)
            : DeferredOutputs(draft);
        var derivation = new Derivation
        {
            Name = draft.Name,
            Outputs = SortedMap<ByteString, DerivationOutput>.From(outputs),
            InputDerivations = inputDerivations,
            InputSources = inputSources,
            System = draft.System,
            Builder = draft.Builder,
            Arguments = [.. draft.Arguments],
            Environment = draft.FinalEnvironment(),
        };
        return draft.OutputHash is null ? hasher.FillOutputPaths(derivation) : derivation;
    }

    private static void Check(DerivationDraft draft)
    {
        if (draft.Builder.IsEmpty)
            throw EvaluationException.Failed("required attribute 'builder' missing");
        if (draft.System.IsEmpty)
            throw EvaluationException.Failed("required attribute 'system' missing");
        if (draft.Name.EndsWith(StorePath.DerivationSuffix, StringComparison.Ordinal))
            throw EvaluationException.Failed(
                $"derivation names are allowed to end in '{StorePath.DerivationSuffix}' only if they produce a single derivation file"
            );
        if (
            draft.OutputHash is not null
            && (draft.Outputs.Count != 1 || draft.Outputs.Min != "out")
        )
            throw EvaluationException.Failed(
                "multiple outputs are not supported in fixed-output derivations"
            );
    }

    private static List<KeyValuePair<ByteString, DerivationOutput>> FixedOutput(
        Evaluator evaluator,
        DerivationDraft draft,
        string hashText,
        StorePathFactory paths
    )
    {
        var hash = HashTexts.ParseAllowingEmpty(evaluator, hashText, draft.OutputHashKind);
        var address = new ContentAddress(draft.Method ?? ContentAddressMethod.Flat, hash);
        var output = new DerivationOutput.Fixed(address);
        draft.Environment["out"] = paths.Directory.Format(output.PathIn(paths, draft.Name, "out")!);
        return [new("out", output)];
    }

    // Output paths are empty while the derivation is hashed, so that only the names of outputs count.
    private static List<KeyValuePair<ByteString, DerivationOutput>> DeferredOutputs(
        DerivationDraft draft
    )
    {
        var outputs = new List<KeyValuePair<ByteString, DerivationOutput>>();
        foreach (var output in draft.Outputs)
        {
            draft.Environment[output] = ByteString.Empty;
            outputs.Add(new(output, new DerivationOutput.Deferred()));
        }

        return outputs;
    }

    private static Value Result(StoreDirectory directory, StorePath path, Derivation derivation)
    {
        var result = new AttributeSetBuilder(derivation.Outputs.Count + 1).Add(
            KnownNames.DrvPath,
            Value.Of(
                StringValue.Create(
                    directory.Format(path),
                    StringContext.Of(ContextElement.DerivationDeep(path))
                )
            )
        );
        AddOutputs(result, directory, path, derivation);
        return result.ToValue();
    }

    /// <summary>Adds each output's path, as a string that mentions it.</summary>
    public static void AddOutputs(
        AttributeSetBuilder result,
        StoreDirectory directory,
        StorePath path,
        Derivation derivation
    )
    {
        var paths = new StorePathFactory(directory);
        foreach (var output in derivation.Outputs.Keys)
            result.Add(
                Symbols.Of(output.Span),
                Value.Of(
                    StringValue.Create(
                        directory.Format(derivation.OutputPath(paths, output)),
                        StringContext.Of(ContextElement.Built(path, output))
                    )
                )
            );
    }
}
