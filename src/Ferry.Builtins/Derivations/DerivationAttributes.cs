using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Builtins.Derivations;

/// <summary>Attributes that <c>derivationStrict</c> gives a meaning.</summary>
internal static class DerivationAttributes
{
    public static readonly Symbol StructuredAttributes = Symbols.Of("__structuredAttrs");
    public static readonly Symbol IgnoreNulls = Symbols.Of("__ignoreNulls");
    public static readonly Symbol ContentAddressed = Symbols.Of("__contentAddressed");
    public static readonly Symbol Impure = Symbols.Of("__impure");
    public static readonly Symbol Json = Symbols.Of("__json");
    public static readonly Symbol Arguments = Symbols.Of("args");
    public static readonly Symbol Builder = Symbols.Of("builder");
    public static readonly Symbol System = Symbols.Of("system");
    public static readonly Symbol Outputs = Symbols.Of("outputs");
    public static readonly Symbol OutputHash = Symbols.Of("outputHash");
    public static readonly Symbol OutputHashAlgorithm = Symbols.Of("outputHashAlgo");
    public static readonly Symbol OutputHashMode = Symbols.Of("outputHashMode");

    /// <summary>Checks of outputs that structured attributes express in another way.</summary>
    public static readonly Symbol[] OutputChecks =
    [
        Symbols.Of("allowedReferences"),
        Symbols.Of("allowedRequisites"),
        Symbols.Of("disallowedReferences"),
        Symbols.Of("disallowedRequisites"),
        Symbols.Of("maxSize"),
        Symbols.Of("maxClosureSize"),
    ];
}
