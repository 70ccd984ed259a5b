using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary>What <c>builtins</c> holds besides functions of C#.</summary>
internal static class ConstantBuiltins
{
    /// <summary>The version of stock Nix whose language this is; programs test it.</summary>
    public const string NixVersion = "2.34.8";

    private const long LanguageVersion = 6;

    public static BuiltinConstant[] Pure { get; } =
    [
        new(
            "derivation",
            "Makes a derivation whose paths are computed when they are needed.",
            Derivation
        )
        {
            IsGlobal = true,
        },
        new("langVersion", "The version of the language.", _ => Value.Of(LanguageVersion)),
        new("nixPath", "The search path of <name>, as findFile wants it.", NixPath),
        new("nixVersion", "The version of Nix.", _ => Value.Of(NixVersion)),
        new(
            "storeDir",
            "The directory of the store.",
            evaluator => Value.Of(evaluator.Store.Directory.Path)
        ),
    ];

    public static BuiltinConstant[] Impure { get; } =
    [
        new(
            "currentSystem",
            "The system that programs are built for by default.",
            evaluator => Value.Of(evaluator.Environment.CurrentSystem)
        ),
        new(
            "currentTime",
            "Unix seconds when the evaluation began.",
            evaluator => Value.Of(evaluator.Environment.CurrentTime)
        ),
    ];

    private static Value Derivation(Evaluator evaluator) =>
        evaluator.Evaluate(
            SourceText.FromFile(
                Selection.DerivationFile,
                EmbeddedSources.Read("derivation-internal.nix"),
                "/"
            )
        );

    private static Value NixPath(Evaluator evaluator)
    {
        var entries = evaluator.Settings.SearchPath;
        var list = ListValue.Create(entries.Count);
        for (var index = 0; index < entries.Count; index++)
            list.Set(index, ToValue(entries[index]));
        return list.ToValue();
    }

    private static Value ToValue(SearchPathEntry entry) =>
        new AttributeSetBuilder(2)
            .Add("path", Value.Of(entry.Location))
            .Add("prefix", Value.Of(entry.Prefix))
            .ToValue();
}
