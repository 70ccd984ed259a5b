using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>Builtins that need a network or flakes. They are known by name, and say so when called.</summary>
internal static class FetcherBuiltins
{
    public static Builtin[] Table { get; } =
    [
        new("fetchGit", ["args"], "Fetches a Git repository.", Refuse) { IsGlobal = true },
        new("fetchMercurial", ["args"], "Fetches a Mercurial repository.", Refuse)
        {
            IsGlobal = true,
        },
        new("fetchTarball", ["args"], "Fetches and unpacks an archive.", Refuse)
        {
            IsGlobal = true,
        },
        new("fetchurl", ["arg"], "Fetches a file.", Refuse),
        new("flakeRefToString", ["attrs"], "Prints a flake reference.", Refuse),
        new("getFlake", ["args"], "Fetches a flake and returns its outputs.", Refuse),
        new("parseFlakeRef", ["flake-ref"], "Reads a flake reference.", Refuse),
    ];

    private static Value Refuse(in BuiltinCall call) =>
        throw BuiltinCall.Fail($"builtin '{call.Name}' is not there yet");
}
