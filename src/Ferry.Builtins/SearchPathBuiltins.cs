using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary>What <c>&lt;name></c> means.</summary>
internal static class SearchPathBuiltins
{
    private static readonly Symbol s_path = Symbols.Of("path");
    private static readonly Symbol s_prefix = Symbols.Of("prefix");

    public static Builtin[] Table { get; } =
    [
        new(
            "findFile",
            ["search-path", "lookup-path"],
            "Finds a file in a list of places, as <name> does in nixPath.",
            FindFile
        ),
    ];

    private static Value FindFile(in BuiltinCall call)
    {
        var list = call.ForceList(0);
        var entries = new List<(string Prefix, string Location)>();
        for (var index = 0; index < list.Length; index++)
            entries.Add(Entry(call, list[index]));
        var wanted = call.ForceStringWithoutContext(1).ToString();

        foreach (var (prefix, location) in entries)
        {
            if (SuffixAfter(prefix, wanted) is not { } suffix)
                continue;
            if (SearchPathPlaces.Resolve(call.Evaluator, location) is not { } place)
                continue;
            var file = call.Files.ResolveLinks(PathText.Combine(place, suffix));
            if (call.Files.Kind(file) is not null)
                return Value.Path(file);
        }

        if (wanted.StartsWith("nix/", StringComparison.Ordinal))
            return Value.Path(PathText.Combine(CorePackageFiles.Folder, wanted["nix/".Length..]));
        throw EvaluationException.Thrown(
            call.Settings.IsPure
                ? $"cannot look up '<{wanted}>' in pure evaluation mode (use '--impure' to override)"
                : $"file '{wanted}' was not found in the Nix search path (add it using $NIX_PATH or -I)"
        );
    }

    private static (string Prefix, string Location) Entry(in BuiltinCall call, Value value)
    {
        var set = BuiltinCall.ForceAttributeSet(
            value,
            "while evaluating an element of the list passed to builtins.findFile"
        );
        var prefix = set.TryGet(s_prefix, out var text)
            ? call.ForceStringWithoutContext(
                    text,
                    "while evaluating the `prefix` attribute of an element of the list passed to builtins.findFile"
                )
                .ToString()
            : "";
        var location = call.CoerceToString(
            Attributes.Require(set, s_path, "in an element of the __nixPath"),
            "while evaluating the `path` attribute of an element of the list passed to builtins.findFile",
            StringCoercion.CanonicalizePath
        );
        if (location.HasContext)
            ImportFromDerivation.Realise(call.Evaluator, location.Context);
        return (prefix, location.ToString());
    }

    // A prefix covers whole components of the name only.
    private static string? SuffixAfter(string prefix, string name)
    {
        if (!name.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        if (prefix.Length == 0 || prefix.Length == name.Length)
            return name[prefix.Length..];
        return name[prefix.Length] == '/' ? name[(prefix.Length + 1)..] : null;
    }
}
