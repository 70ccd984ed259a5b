using System.Runtime.CompilerServices;
using Ferry.Builtins.Derivations;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary>Programs in other files.</summary>
internal static class ImportBuiltins
{
    private static readonly Symbol s_outputs = Symbols.Of("outputs");

    private static readonly ConditionalWeakTable<
        Evaluator,
        StrongBox<Value>
    > s_importedDerivations = [];

    public static Builtin[] Table { get; } =
    [
        new("import", ["path"], "Evaluates the program in a file, once for each file.", Import)
        {
            IsGlobal = true,
        },
        new(
            "scopedImport",
            ["scope", "path"],
            "Evaluates the program in a file with a set's attributes as additional names.",
            ScopedImport
        )
        {
            IsGlobal = true,
        },
    ];

    private static Value Import(in BuiltinCall call)
    {
        var path = FileAccess.RealiseUnresolved(call, 0);
        return DerivationAt(call.Evaluator, path) is { } derivation
            ? ImportDerivation(call.Evaluator, derivation)
            : call.Evaluator.EvaluateFile(path);
    }

    private static Value ScopedImport(in BuiltinCall call)
    {
        var path = FileAccess.RealiseUnresolved(call, 1);
        if (DerivationAt(call.Evaluator, path) is { } derivation)
            return ImportDerivation(call.Evaluator, derivation);
        return call.Evaluator.EvaluateFile(path, call.ForceAttributeSet(0));
    }

    private static StorePath? DerivationAt(Evaluator evaluator, string path) =>
        path.EndsWith(StorePath.DerivationSuffix, StringComparison.Ordinal)
        && evaluator.Store.Directory.TryParse(path) is { } storePath
        && evaluator.Store.IsValid(storePath)
            ? storePath
            : null;

    private static Value ImportDerivation(Evaluator evaluator, StorePath path)
    {
        var store = evaluator.Store;
        var derivation = FormatErrors.Explain(() => store.ReadDerivation(path));
        var outputs = ListValue.Create(derivation.Outputs.Count);
        for (var index = 0; index < outputs.Length; index++)
            outputs.Set(index, Value.Of(derivation.Outputs.At(index).Key.Span));
        var name = derivation.Environment.TryGetValue("name", out var text)
            ? text
            : ByteString.Empty;
        var known = new AttributeSetBuilder()
            .Add(
                KnownNames.DrvPath,
                Value.Of(
                    StringValue.Create(
                        store.Directory.Format(path),
                        StringContext.Of(ContextElement.DerivationDeep(path))
                    )
                )
            )
            .Add(KnownNames.Name, Value.Of(name.Span))
            .Add(s_outputs, outputs.ToValue());
        DerivationBuiltins.AddOutputs(known, store.Directory, path, derivation);
        return BuiltinCall.CallFunction(Wrapper(evaluator), known.ToValue());
    }

    private static Value Wrapper(Evaluator evaluator) =>
        s_importedDerivations
            .GetValue(
                evaluator,
                owner => new StrongBox<Value>(
                    owner.Evaluate(
                        SourceText.FromString(EmbeddedSources.Read("imported-derivation.nix"), "/")
                    )
                )
            )
            .Value;
}
