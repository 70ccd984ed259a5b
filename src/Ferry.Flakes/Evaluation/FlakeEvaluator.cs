using System.Globalization;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Flakes.Evaluation;

/// <summary>Evaluates <c>flake.nix</c>: checks its shape, then calls its outputs with itself.</summary>
/// <remarks>Source: Nix manual, "nix flake", sections "Flake format" and "Flake inputs".</remarks>
public sealed class FlakeEvaluator(Evaluator evaluator)
{
    // What a flake sees as "self", and what others see of it: its outputs, its source and itself under both names.
    private const string Wiring = """
        outputs: sourceInfo:
        let
          own = outputs { self = result; };
          result = own // sourceInfo // { inputs = { }; outputs = own; inherit sourceInfo; _type = "flake"; };
        in
        assert builtins.isAttrs own || throw "the function 'outputs' of a flake must return a set";
        result
        """;

    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "description",
        "inputs",
        "outputs",
        "nixConfig",
    };

    /// <returns>The flake as others see it: outputs, source and <c>_type</c>.</returns>
    /// <exception cref="FlakeException">It is no flake, or asks for what is not there yet.</exception>
    public Value Evaluate(FlakeTree tree)
    {
        var file = tree.Root + "/flake.nix";
        if (evaluator.Files.Kind(file) is null)
            throw FlakeException.NoFlakeFile(tree.Root);

        var flake = evaluator.EvaluateFile(file).Force();
        if (!flake.IsAttributeSet)
            throw FlakeException.Unsupported(
                tree.Name,
                "is not a set: 'flake.nix' must be a set of attributes"
            );
        var set = flake.AsAttributeSet;
        Check(tree, set);
        var outputs =
            Find(set, "outputs")
            ?? throw FlakeException.Unsupported(tree.Name, "lacks attribute 'outputs'");
        var wiring = evaluator.Evaluate(SourceText.FromString(Wiring, "/"));
        return Evaluator.Call(Evaluator.Call(wiring, outputs), SourceInfo(tree));
    }

    private static void Check(FlakeTree tree, AttributeSet set)
    {
        for (var index = 0; index < set.Count; index++)
        {
            var name = set.SymbolAt(index).ToString();
            if (!s_known.Contains(name))
                throw FlakeException.Unsupported(
                    tree.Name,
                    $"has an unsupported attribute '{name}'"
                );
        }

        if (
            Find(set, "inputs") is { } inputs
            && inputs.Force() is { IsAttributeSet: true } forced
            && forced.AsAttributeSet.Count > 0
        )
            throw FlakeException.Unsupported(
                tree.Name,
                "has inputs, and flake inputs are not there yet"
            );
    }

    private static Value SourceInfo(FlakeTree tree)
    {
        var info = new AttributeSetBuilder();
        var context = tree.StorePath is { } path
            ? StringContext.Of(ContextElement.Opaque(path))
            : StringContext.Empty;
        info.Add(
            "outPath",
            Value.Of(StringValue.Create(System.Text.Encoding.UTF8.GetBytes(tree.Root), context))
        );
        if (tree.NarHash is { } hash)
            info.Add("narHash", Value.Of(hash));
        if (tree.LastModified is { } seconds)
        {
            var date = DateTimeOffset.FromUnixTimeSeconds(seconds);
            info.Add("lastModified", Value.Of(seconds));
            info.Add(
                "lastModifiedDate",
                Value.Of(date.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture))
            );
        }

        return info.ToValue();
    }

    internal static Value? Find(AttributeSet set, string name) =>
        set.TryGet(Symbols.Of(name), out var value) ? value : null;
}
