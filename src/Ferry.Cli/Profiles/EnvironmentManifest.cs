using System.Buffers;
using System.Globalization;
using System.Text;
using Ferry.Builtins.Derivations;
using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Formats.StorePaths;

namespace Ferry.Cli.Profiles;

/// <summary>The packages of an environment as <c>manifest.nix</c> lists them, and as <c>builtin:buildenv</c> is told of them.</summary>
/// <param name="Text">Of the manifest.</param>
/// <param name="Words">The variable <c>derivations</c>.</param>
/// <param name="References">What the manifest keeps.</param>
/// <param name="Outputs">What must be valid before the environment is built.</param>
/// <param name="Derivations">What is built for that.</param>
internal sealed record EnvironmentManifest(
    ByteString Text,
    string Words,
    IReadOnlyList<StorePath> References,
    IReadOnlyList<StorePath> Outputs,
    IReadOnlyList<StorePath> Derivations
)
{
    /// <summary>On the evaluation thread.</summary>
    public static EnvironmentManifest Of(
        Evaluator evaluator,
        IReadOnlyList<PackageInformation> packages,
        bool keepsDerivations
    )
    {
        var references = new HashSet<StorePath>();
        var outputs = new HashSet<StorePath>();
        var words = new List<string>();
        var list = ListValue.Create(packages.Count);
        for (var index = 0; index < packages.Count; index++)
        {
            var package = packages[index];
            var wanted = package.OutputsToInstall();
            list.Set(index, Describe(evaluator, package, wanted, keepsDerivations));
            outputs.UnionWith(wanted.Values.OfType<StorePath>());
            if (keepsDerivations && package.DerivationPath is { } derivation)
                references.Add(derivation);
            words.AddRange(WordsOf(evaluator, package, [.. wanted.Values.OfType<StorePath>()]));
        }

        references.UnionWith(outputs);
        var text = new ArrayBufferWriter<byte>();
        Print(list.ToValue(), text);
        return new(
            new ByteString(text.WrittenSpan),
            string.Join(' ', words.Where(word => word.Length > 0)),
            ProfileElement.Sort(references),
            ProfileElement.Sort(outputs),
            ProfileElement.Sort(
                packages.Select(package => package.DerivationPath).OfType<StorePath>()
            )
        );
    }

    private static Value Describe(
        Evaluator evaluator,
        PackageInformation package,
        SortedDictionary<string, StorePath?> outputs,
        bool keepsDerivations
    )
    {
        var directory = evaluator.Store.Directory;
        var set = new AttributeSetBuilder()
            .Add("type", Value.Of("derivation"))
            .Add("name", Value.Of(package.Name))
            .Add("outPath", Value.Of(directory.Format(package.OutputPath)))
            .Add("outputs", ListValue.Of([.. outputs.Keys.Select(Value.Of)]).ToValue())
            .Add("meta", Meta(package));
        if (package.System.Length > 0)
            set.Add("system", Value.Of(package.System));
        if (keepsDerivations && package.DerivationPath is { } derivation)
            set.Add("drvPath", Value.Of(directory.Format(derivation)));
        foreach (var (name, path) in outputs)
            set.Add(
                name,
                new AttributeSetBuilder(1)
                    .Add("outPath", Value.Of(directory.Format(path!)))
                    .ToValue()
            );
        return set.ToValue();
    }

    private static Value Meta(PackageInformation package)
    {
        var meta = new AttributeSetBuilder();
        foreach (var name in package.MetaNames)
        {
            if (package.Meta(name) is { } value)
                meta.Add(name, value);
        }

        return meta.ToValue();
    }

    // As the lists of a derivation become words.
    private static IEnumerable<string> WordsOf(
        Evaluator evaluator,
        PackageInformation package,
        IReadOnlyList<StorePath> outputs
    )
    {
        yield return Word(evaluator, package.Meta("active")) ?? "true";
        yield return Word(evaluator, package.Meta("priority"))
            ?? ProfileElement.DefaultPriority.ToString(CultureInfo.InvariantCulture);
        yield return outputs.Count.ToString(CultureInfo.InvariantCulture);
        foreach (var path in outputs)
            yield return evaluator.Store.Directory.Format(path);
    }

    private static string? Word(Evaluator evaluator, Value? value) =>
        value is { } given
            ? evaluator
                .Coercer.ToString(
                    given,
                    Position.None,
                    "while evaluating the metadata of a package",
                    StringCoercion.More
                )
                .ToString()
            : null;

    // On one line; what occurs twice is written twice. All of it is plain data, computed already.
    private static void Print(Value value, ArrayBufferWriter<byte> output)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                LiteralText.WriteString(output, value.AsString.Bytes);
                break;
            case ValueKind.Integer:
                Encoding.UTF8.GetBytes(
                    value.AsInteger.ToString(CultureInfo.InvariantCulture),
                    output
                );
                break;
            case ValueKind.Float:
                Encoding.UTF8.GetBytes(FloatText.General(value.AsFloat), output);
                break;
            case ValueKind.Boolean:
                output.Write(value.AsBoolean ? "true"u8 : "false"u8);
                break;
            case ValueKind.List:
                Print(value.AsList, output);
                break;
            default:
                Print(value.AsAttributeSet, output);
                break;
        }
    }

    private static void Print(ListValue list, ArrayBufferWriter<byte> output)
    {
        output.Write("[ "u8);
        for (var index = 0; index < list.Length; index++)
        {
            Print(list.Force(index), output);
            output.Write(" "u8);
        }

        output.Write("]"u8);
    }

    private static void Print(AttributeSet set, ArrayBufferWriter<byte> output)
    {
        output.Write("{ "u8);
        foreach (var index in set.NameOrder())
        {
            LiteralText.WriteAttributeName(output, set.SymbolAt(index).Bytes);
            output.Write(" = "u8);
            Print(set.Force(index), output);
            output.Write("; "u8);
        }

        output.Write("}"u8);
    }
}
