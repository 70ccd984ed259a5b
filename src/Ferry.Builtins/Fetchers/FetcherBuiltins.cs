using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins.Fetchers;

/// <summary>Builtins that bring sources in.</summary>
internal static class FetcherBuiltins
{
    /// <summary>Exists only with its experimental feature.</summary>
    public const string FetchClosureName = "fetchClosure";

    public static Builtin[] Table { get; } =
    [
        new(FetchClosureName, ["args"], "Copies a store object from a binary cache.", FetchClosure),
        new("fetchGit", ["args"], "Fetches a Git repository.", TreeFetch.FetchGit)
        {
            IsGlobal = true,
        },
        new(
            "fetchMercurial",
            ["args"],
            "Fetches a Mercurial repository.",
            MercurialBuiltin.FetchMercurial
        )
        {
            IsGlobal = true,
        },
        new("fetchTarball", ["args"], "Fetches and unpacks an archive.", UrlFetch.FetchTarball)
        {
            IsGlobal = true,
        },
        new(
            "fetchTree",
            ["input"],
            "Fetches a tree of files by any of the ways that flakes have.",
            TreeFetch.FetchTree
        )
        {
            IsGlobal = true,
        },
        new("fetchurl", ["arg"], "Fetches a file.", UrlFetch.FetchUrl),
    ];

    private static Value FetchClosure(in BuiltinCall call) =>
        throw BuiltinCall.Fail(
            $"'{"builtins.fetchClosure"}' copies from binary caches, and this program cannot read those"
        );
}
