using System.Collections.Immutable;
using Ferry.Cli.Composition;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;
using Ferry.Syntax.Text;

namespace Ferry.Cli.Installables;

/// <summary>Reads what <c>derivation</c> and <c>mkDerivation</c> put into a package's attributes.</summary>
internal static class PackageReader
{
    // What stock calls every path that an installable is.
    private const string SourceName = "source";

    private static readonly ByteString s_mainOutput = "out";

    private static readonly Symbol s_type = Symbols.Of("type");
    private static readonly Symbol s_drvPath = Symbols.Of("drvPath");
    private static readonly Symbol s_name = Symbols.Of("name");
    private static readonly Symbol s_pname = Symbols.Of("pname");
    private static readonly Symbol s_meta = Symbols.Of("meta");
    private static readonly Symbol s_mainProgram = Symbols.Of("mainProgram");
    private static readonly Symbol s_outputs = Symbols.Of("outputs");
    private static readonly Symbol s_outputName = Symbols.Of("outputName");
    private static readonly Symbol s_outputSpecified = Symbols.Of("outputSpecified");
    private static readonly Symbol s_outputsToInstall = Symbols.Of("outputsToInstall");

    public static bool IsDerivation(Value value) =>
        value.IsAttributeSet
        && Find(value.AsAttributeSet, s_type)?.Force() is { IsString: true } type
        && type.AsString.Equals("derivation"u8);

    /// <param name="evaluator">Whose value it is.</param>
    /// <param name="set">A derivation.</param>
    /// <param name="outputs">Those asked for.</param>
    /// <param name="isOfFlake">Without a wish and <c>outputsToInstall</c>, a flake means <c>out</c>, an expression all.</param>
    public static Target Read(
        Evaluator evaluator,
        AttributeSet set,
        OutputSelection outputs,
        bool isOfFlake = false
    )
    {
        var derivation = DerivationPath(evaluator, set);
        var name = Text(set, s_name);
        return Target.Built(
            derivation,
            Outputs(set, outputs, isOfFlake),
            name,
            MainProgram(set) ?? Text(set, s_pname) ?? name
        ) with
        {
            MainOutput = OutputName(set),
        };
    }

    public static StorePath DerivationPath(Evaluator evaluator, AttributeSet set)
    {
        var value =
            Find(set, s_drvPath)?.Force()
            ?? throw EvaluationException.Failed(
                "derivation does not contain a 'drvPath' attribute"
            );
        if (!value.IsString)
            throw EvaluationException.Failed("'drvPath' of a derivation must be a string");
        return evaluator.Store.Directory.Parse(value.AsString.ToString());
    }

    /// <summary>The output that the set itself stands for: <c>out</c>, unless it is <c>package.dev</c>.</summary>
    public static string OutputName(AttributeSet set) => Text(set, s_outputName) ?? "out";

    /// <summary>A path or a string that leads into the store; null for any other value.</summary>
    public static DerivedPath? TryStorePath(EvaluationSite site, Value value)
    {
        var directory = site.Evaluator.Store.Directory;
        if (value.IsPath)
        {
            var source = value.AsPath.ToString();
            if (!directory.Contains(source) || directory.Split(source).Below.Length > 0)
                return new DerivedPath.Opaque(
                    site.Evaluator.Store.AddPath(new(SourceName, source))
                );
            var path = directory.Split(source).Path;
            if (!site.Evaluator.Settings.IsReadOnly)
                site.Evaluator.Store.EnsureValid(path);
            return new DerivedPath.Opaque(path);
        }

        if (!value.IsString)
            return null;
        var elements = value.AsString.Context.Elements;
        if (elements is not [var only])
            throw EvaluationException.Failed(
                $"string '{value.AsString}' has {elements.Length} entries in its context. It should only have exactly one entry"
            );
        if (only.Kind == ContextElementKind.DerivationDeep)
        {
            throw EvaluationException.Failed(
                $"string '{value.AsString}' has a context which refers to a complete source and binary closure. "
                    + "This is not supported at this time"
            );
        }

        if (only.Kind == ContextElementKind.Built)
            return new DerivedPath.Built(only.Path, [only.Output]);
        // A source that evaluation has only read so far.
        if (!site.Evaluator.Settings.IsReadOnly)
            site.Evaluator.Store.EnsureValid(only.Path);
        return new DerivedPath.Opaque(only.Path);
    }

    // Asked for with "^", else the one output that "package.dev" means, else what the package installs.
    private static ImmutableSortedSet<ByteString>? Outputs(
        AttributeSet set,
        OutputSelection wanted,
        bool isOfFlake
    )
    {
        if (wanted.IsAll || wanted.Names is not null)
            return wanted.Names;
        if (Find(set, s_outputSpecified)?.Force() is { IsBoolean: true, AsBoolean: true })
            return [OutputName(set)];
        if (
            Find(set, s_meta)?.Force() is { IsAttributeSet: true } meta
            && Find(meta.AsAttributeSet, s_outputsToInstall)?.Force() is { IsList: true } listed
        )
            return Names(listed.AsList) is { IsEmpty: false } some ? some : [s_mainOutput];
        var all = Find(set, s_outputs)?.Force() is { IsList: true } list
            ? Names(list.AsList)
            : null;
        return isOfFlake && all?.Contains(s_mainOutput) == true ? [s_mainOutput] : all;
    }

    private static ImmutableSortedSet<ByteString> Names(ListValue list)
    {
        var names = ImmutableSortedSet.CreateBuilder<ByteString>();
        for (var index = 0; index < list.Length; index++)
            names.Add(new ByteString(list.Force(index).AsString.Bytes));
        return names.ToImmutable();
    }

    private static string? MainProgram(AttributeSet set) =>
        Find(set, s_meta)?.Force() is { IsAttributeSet: true } meta
            ? Text(meta.AsAttributeSet, s_mainProgram)
            : null;

    private static string? Text(AttributeSet set, Symbol name) =>
        Find(set, name)?.Force() is { IsString: true } value ? value.AsString.ToString() : null;

    /// <summary>A value's type in words.</summary>
    public static string Describe(Value value) => Evaluation.Printing.TypeNames.Show(value);

    internal static Value? Find(AttributeSet set, Symbol name) =>
        set.TryGet(name, out var value) ? value : null;
}
