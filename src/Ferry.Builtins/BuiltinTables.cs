using Ferry.Builtins.Derivations;
using Ferry.Builtins.Fetchers;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>Everything that <c>builtins</c> holds. The names are those of stock Nix 2.34.8 without experimental features.</summary>
public static class BuiltinTables
{
    /// <summary>All functions, family by family.</summary>
    public static IReadOnlyList<Builtin> All { get; } =
    [
        .. ArithmeticBuiltins.Table,
        .. AttributeSetBuiltins.Table,
        .. ClosureBuiltins.Table,
        .. ContextBuiltins.Table,
        .. ControlBuiltins.Table,
        .. DerivationBuiltins.Table,
        .. EnvironmentBuiltins.Table,
        .. FetcherBuiltins.Table,
        .. HashBuiltins.Table,
        .. HigherOrderBuiltins.Table,
        .. ImportBuiltins.Table,
        .. ListBuiltins.Table,
        .. PathBuiltins.Table,
        .. RegexBuiltins.Table,
        .. SearchPathBuiltins.Table,
        .. SourceBuiltins.Table,
        .. StringBuiltins.Table,
        .. TextFormatBuiltins.Table,
        .. TracingBuiltins.Table,
        .. TypeBuiltins.Table,
        .. VersionBuiltins.Table,
    ];

    /// <summary>Those that there are with some experimental features switched on.</summary>
    public static IEnumerable<Builtin> Available(IReadOnlyCollection<string> features) =>
        All.Where(builtin =>
            builtin.Name != FetcherBuiltins.FetchClosureName || features.Contains("fetch-closure")
        );

    /// <summary>Values that are no function, or one written in the language itself. Some exist only in impure evaluation.</summary>
    public static IReadOnlyList<BuiltinConstant> Constants(bool isPure) =>
        isPure ? ConstantBuiltins.Pure : [.. ConstantBuiltins.Pure, .. ConstantBuiltins.Impure];
}
