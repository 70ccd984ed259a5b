using System.Globalization;
using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Formats.StorePaths;
using Ferry.Formats.Versions;
using Ferry.Syntax.Text;

namespace Ferry.Builtins.Derivations;

/// <summary>What <c>nix-env</c> asks of a package: its name, its paths, its metadata. On the evaluation thread.</summary>
/// <param name="evaluator">Where it was evaluated.</param>
/// <param name="attributePath">Where it was found; empty where that says nothing.</param>
/// <param name="set">Its attributes; null for a path of the store that was named as it is.</param>
public sealed class PackageInformation(Evaluator evaluator, string attributePath, AttributeSet? set)
{
    private static readonly Symbol s_system = Symbols.Of("system");
    private static readonly Symbol s_meta = Symbols.Of("meta");
    private static readonly Symbol s_outputs = Symbols.Of("outputs");
    private static readonly Symbol s_outputName = Symbols.Of("outputName");
    private static readonly Symbol s_outputSpecified = Symbols.Of("outputSpecified");

    private SortedDictionary<string, StorePath?>? _outputs;
    private AttributeSet? _meta;
    private bool _isMetaRead;

    public string AttributePath => attributePath;

    public string Name
    {
        get =>
            field ??=
                Text(KnownNames.Name, "while evaluating the 'name' attribute of a derivation")
                ?? throw EvaluationException.WrongType($"derivation name missing");
        init;
    }

    public PackageName ParsedName => PackageName.Parse(Name);

    public string System =>
        field ??= set is null
            ? ""
            : Text(s_system, "while evaluating the 'system' attribute of a derivation")
                ?? "unknown";

    /// <summary>Empty where the package does not say.</summary>
    public string OutputName =>
        field ??= Text(s_outputName, "while evaluating the output name of a derivation") ?? "";

    public StorePath? DerivationPath
    {
        get =>
            field ??= StorePathOf(
                KnownNames.DrvPath,
                "while evaluating the 'drvPath' attribute of a derivation"
            );
        init;
    }

    public StorePath OutputPath
    {
        get =>
            field ??=
                StorePathOf(KnownNames.OutPath, "while evaluating the output path of a derivation")
                ?? throw EvaluationException.Failed(
                    $"derivation does not have attribute 'outPath'"
                );
        init;
    }

    /// <summary>Names of the metadata, in order.</summary>
    public IReadOnlyList<string> MetaNames
    {
        get
        {
            if (Metadata is not { } meta)
                return [];
            var names = new List<string>();
            foreach (var index in meta.NameOrder())
                names.Add(meta.SymbolAt(index).ToString());
            return names;
        }
    }

    private AttributeSet? Metadata
    {
        get
        {
            if (!_isMetaRead)
            {
                _isMetaRead = true;
                if (set is { } attributes && attributes.TryGet(s_meta, out var meta))
                    _meta = Forcing.AttributeSet(
                        meta,
                        Position.None,
                        "while evaluating the 'meta' attribute of a derivation"
                    );
            }

            return _meta;
        }
    }

    /// <summary>The same package under another name.</summary>
    public PackageInformation Renamed(string name) =>
        new(evaluator, attributePath, set)
        {
            Name = name,
            DerivationPath = DerivationPath,
            OutputPath = OutputPath,
        };

    /// <summary>Every output with its path; paths are null where they were not asked for.</summary>
    public SortedDictionary<string, StorePath?> Outputs(bool withPaths = true)
    {
        if (_outputs is not null)
            return _outputs;
        var outputs = new SortedDictionary<string, StorePath?>(StringComparer.Ordinal);
        if (set is not { } attributes || !attributes.TryGet(s_outputs, out var listed))
        {
            outputs["out"] = withPaths ? OutputPath : null;
            return _outputs = outputs;
        }

        var list = Forcing.List(
            listed,
            Position.None,
            "while evaluating the 'outputs' attribute of a derivation"
        );
        for (var index = 0; index < list.Length; index++)
        {
            var name = Forcing
                .StringWithoutContext(
                    evaluator,
                    list[index],
                    Position.None,
                    "while evaluating the name of an output of a derivation"
                )
                .ToString();
            if (!withPaths)
                outputs[name] = null;
            else if (PathOf(attributes, name) is { } path)
                outputs[name] = path;
        }

        return _outputs = outputs;
    }

    /// <summary>The outputs that an environment takes, with their paths.</summary>
    /// <exception cref="EvaluationException"><c>meta.outputsToInstall</c> names no outputs.</exception>
    public SortedDictionary<string, StorePath?> OutputsToInstall()
    {
        var outputs = Outputs();
        if (set is not { } attributes)
            return outputs;
        var wanted = new SortedDictionary<string, StorePath?>(StringComparer.Ordinal);
        if (
            attributes.TryGet(s_outputSpecified, out var specified)
            && Forcing.Boolean(
                specified,
                Position.None,
                "while evaluating the 'outputSpecified' attribute of a derivation"
            )
        )
        {
            wanted[OutputName] = outputs.TryGetValue(OutputName, out var path)
                ? path
                : throw EvaluationException.Failed(
                    $"derivation does not have output '{OutputName}'"
                );
            return wanted;
        }

        if (Meta("outputsToInstall") is not { } names)
            return outputs;
        if (!names.IsList)
            throw BadOutputs();
        for (var index = 0; index < names.AsList.Length; index++)
        {
            var name = names.AsList.Force(index);
            if (!name.IsString || !outputs.TryGetValue(name.AsString.ToString(), out var path))
                throw BadOutputs();
            wanted[name.AsString.ToString()] = path;
        }

        return wanted;
    }

    /// <summary>Metadata that is plain data, forced; null where there is none or it is something else.</summary>
    public Value? Meta(string name) =>
        Metadata is { } meta
        && meta.TryGet(Symbols.Of(name), out var value)
        && IsPlain(value = value.Force())
            ? value
            : null;

    /// <summary>Empty where it is no string.</summary>
    public string MetaText(string name) =>
        Meta(name) is { IsString: true } value ? value.AsString.ToString() : "";

    /// <summary>A number, also one that is written as a string.</summary>
    public long MetaNumber(string name, long absent) =>
        Meta(name) switch
        {
            { IsInteger: true } value => value.AsInteger,
            { IsString: true } value
                when long.TryParse(
                    value.AsString.ToString(),
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => number,
            _ => absent,
        };

    /// <summary>A switch, also one that is written as a string; false where there is none.</summary>
    public bool MetaSwitch(string name) =>
        Meta(name) switch
        {
            { IsBoolean: true } value => value.AsBoolean,
            { IsString: true } value => value.AsString.Equals("true"u8),
            _ => false,
        };

    public void SetMeta(string name, Value value)
    {
        var changed = new AttributeSetBuilder(1).Add(name, value).Build();
        _meta = Metadata is { } meta ? AttributeSet.Update(meta, changed) : changed;
    }

    // Nothing in it is a function or a package.
    private static bool IsPlain(Value value)
    {
        var stack = CallStack.Enter(Position.None);
        var isPlain = value.Kind switch
        {
            ValueKind.List => IsPlain(value.AsList),
            ValueKind.AttributeSet => IsPlain(value.AsAttributeSet),
            ValueKind.Integer or ValueKind.Boolean or ValueKind.String or ValueKind.Float => true,
            _ => false,
        };
        stack.Leave();
        return isPlain;
    }

    private static bool IsPlain(ListValue list)
    {
        for (var index = 0; index < list.Length; index++)
        {
            if (!IsPlain(list.Force(index)))
                return false;
        }

        return true;
    }

    private static bool IsPlain(AttributeSet attributes)
    {
        if (attributes.Find(KnownNames.OutPath) >= 0)
            return false;
        for (var index = 0; index < attributes.Count; index++)
        {
            if (!IsPlain(attributes.Force(index)))
                return false;
        }

        return true;
    }

    private static EvaluationException BadOutputs() =>
        EvaluationException.Failed($"this derivation has bad 'meta.outputsToInstall'");

    private StorePath? PathOf(AttributeSet attributes, string output)
    {
        if (!attributes.TryGet(Symbols.Of(output), out var value))
            return null;
        var outputSet = Forcing.AttributeSet(
            value,
            Position.None,
            "while evaluating an output of a derivation"
        );
        return StorePathOf(
            outputSet,
            KnownNames.OutPath,
            "while evaluating an output path of a derivation"
        );
    }

    private string? Text(Symbol name, string because) =>
        set is { } attributes && attributes.TryGet(name, out var value)
            ? Forcing.StringWithoutContext(evaluator, value, Position.None, because).ToString()
            : null;

    private StorePath? StorePathOf(Symbol name, string because) =>
        set is { } attributes ? StorePathOf(attributes, name, because) : null;

    private StorePath? StorePathOf(AttributeSet attributes, Symbol name, string because)
    {
        var context = StringContext.Empty;
        return attributes.TryGet(name, out var value)
            ? evaluator.Coercer.ToStorePath(value, Position.None, ref context, because)
            : null;
    }
}
