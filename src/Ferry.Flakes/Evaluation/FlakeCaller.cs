using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Values;
using Ferry.Fetching.Inputs;
using Ferry.Flakes.Locking;
using Ferry.Flakes.Locks;
using Ferry.Formats.Inputs;
using Ferry.Syntax.Text;

namespace Ferry.Flakes.Evaluation;

/// <summary>Computes the outputs of a flake. Inputs are fetched when somebody reads them. On the evaluation thread.</summary>
public sealed class FlakeCaller(Evaluator evaluator)
{
    private const string Resource = "call-flake.nix";

    /// <returns>The flake as others see it: its outputs, its source, <c>inputs</c> and <c>_type</c>.</returns>
    public Value Call(LockedFlake locked)
    {
        var (text, writer) = LockFileWriter.Write(locked.LockFile, isIndented: false);
        var known = new AttributeSetBuilder();
        foreach (var (node, folder) in locked.Folders)
        {
            var attributes =
                (node as LockedNode)?.Locked.Input.Attributes
                ?? locked.Flake.Locked.Input.Attributes;
            var isTop = node is not LockedNode;
            known.Add(
                writer.Keys[node],
                Describe(
                    attributes,
                    folder,
                    isTop && locked.IsChanged ? SourceStyle.Changed : SourceStyle.Plain
                )
            );
        }

        return Call(text, known);
    }

    /// <summary>A flake without inputs that no fetcher brought: the package set of this program.</summary>
    /// <param name="folder">Where evaluation sees it.</param>
    public Value CallPlain(string folder)
    {
        var info = new AttributeSetBuilder().Add("outPath", Value.Of(folder)).ToValue();
        var known = new AttributeSetBuilder().Add(
            "root",
            new AttributeSetBuilder()
                .Add("sourceInfo", info)
                .Add("tree", Value.Path(folder))
                .Add("dir", Value.Of(""))
                .ToValue()
        );
        return Call(LockFileWriter.Write(new LockFile(), isIndented: false).Text, known);
    }

    private Value Call(string locks, AttributeSetBuilder known)
    {
        var arguments = new AttributeSetBuilder()
            .Add("locks", JsonReading.Read(locks))
            .Add("known", known.ToValue())
            .Add("fetch", evaluator.MakeFunction(s_fetch));
        var program = evaluator.Evaluate(
            SourceText.FromFile("«flakes-internal»/" + Resource, ReadResource(), "/")
        );
        return Evaluator.Call(program, arguments.ToValue());
    }

    private static readonly Builtin s_fetch = new(
        "fetchFinalTree",
        ["input"],
        "Fetches an input that a lock file describes completely.",
        FetchFinal
    );

    private static Value FetchFinal(in BuiltinCall call)
    {
        var attributes = InputAttributes.Empty;
        var set = call.ForceAttributeSet(0);
        foreach (var index in set.NameOrder())
        {
            var value = set[index].Force();
            attributes = attributes.With(
                set.SymbolAt(index).ToString(),
                value.IsString ? value.AsString.ToString()
                    : value.IsBoolean ? value.AsBoolean
                    : (InputAttribute)(ulong)value.AsInteger
            );
        }

        var source = call
            .Fetcher.Of(attributes.With(FetchInput.FinalMark, true))
            .Fetch(FetchMode.Lazy);
        return SourceValues.Describe(call.Evaluator, source, SourceStyle.Plain).ToValue();
    }

    private Value Describe(InputAttributes attributes, string folder, SourceStyle style)
    {
        var (path, below) = evaluator.Store.Directory.Split(folder);
        var info = SourceValues.Describe(evaluator, new FetchedSource(path, attributes), style);
        return new AttributeSetBuilder()
            .Add("sourceInfo", info.ToValue())
            .Add("tree", Value.Path(evaluator.Store.Directory.Format(path)))
            .Add("dir", Value.Of(below.TrimStart('/')))
            .ToValue();
    }

    private static byte[] ReadResource()
    {
        using var stream = typeof(FlakeCaller).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
