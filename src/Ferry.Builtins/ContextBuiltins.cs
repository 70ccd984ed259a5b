using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary>String contexts: which store objects a string mentions, and how.</summary>
internal static class ContextBuiltins
{
    private static readonly Symbol s_path = Symbols.Of("path");
    private static readonly Symbol s_allOutputs = Symbols.Of("allOutputs");
    private static readonly Symbol s_outputs = Symbols.Of("outputs");

    public static Builtin[] Table { get; } =
    [
        new(
            "addDrvOutputDependencies",
            ["s"],
            "Turns the mention of a derivation's file into one of the derivation with all its outputs.",
            AddDrvOutputDependencies
        ),
        new(
            "appendContext",
            ["s", "context"],
            "Adds a context, described as getContext does, to a string.",
            AppendContext
        ),
        new("getContext", ["s"], "Returns a string's context as a set.", GetContext),
        new("hasContext", ["s"], "Tells whether a string has a context.", HasContext),
        new(
            "unsafeDiscardOutputDependency",
            ["s"],
            "Turns mentions of derivations with all outputs into mentions of their files.",
            UnsafeDiscardOutputDependency
        ),
        new(
            "unsafeDiscardStringContext",
            ["s"],
            "Returns a string without its context.",
            UnsafeDiscardStringContext
        ),
    ];

    private static Value AddDrvOutputDependencies(in BuiltinCall call)
    {
        var text = call.CoerceToString(
            call.Argument(0),
            "while evaluating the argument passed to builtins.addDrvOutputDependencies"
        );
        var elements = text.Context.Elements;
        if (elements.Length != 1)
            throw BuiltinCall.Fail(
                $"context of string '{text}' must have exactly one element, but has {elements.Length}"
            );
        var element = elements[0];
        if (element.Kind == ContextElementKind.Built)
            throw BuiltinCall.Fail(
                $"`addDrvOutputDependencies` can only act on derivations, not on a derivation output such as '{element.Output}'"
            );
        if (!element.Path.IsDerivation)
            throw BuiltinCall.Fail(
                $"path '{call.Store.Directory.Format(element.Path)}' is not a derivation"
            );
        return Value.Of(
            text.WithContext(StringContext.Of(ContextElement.DerivationDeep(element.Path)))
        );
    }

    private readonly record struct Key(Symbol Name, Position Position, StorePath Path);

    private static Value AppendContext(in BuiltinCall call)
    {
        var text = call.ForceString(0);
        var additions = call.ForceAttributeSet(1);
        var elements = new List<ContextElement>(text.Context.Elements);
        for (var index = 0; index < additions.Count; index++)
        {
            var name = additions.SymbolAt(index);
            var path =
                call.Store.Directory.TryParse(name.ToString())
                ?? throw EvaluationException.Failed(
                    $"context key '{name}' is not a store path",
                    additions.PositionAt(index)
                );
            if (!call.Settings.IsReadOnly)
                call.Store.EnsureValid(path);
            var info = BuiltinCall.ForceAttributeSet(
                additions[index],
                "while evaluating the value of a string context",
                additions.PositionAt(index)
            );
            AddElements(call, elements, new Key(name, additions.PositionAt(index), path), info);
        }

        return Value.Of(text.WithContext(StringContext.Of(elements)));
    }

    private static void AddElements(
        in BuiltinCall call,
        List<ContextElement> elements,
        Key key,
        AttributeSet info
    )
    {
        var (name, position, path) = key;
        var isDerivation = name.Bytes.EndsWith(".drv"u8);
        if (
            info.TryGet(s_path, out var isPath)
            && BuiltinCall.ForceBool(
                isPath,
                "while evaluating the `path` attribute of a string context"
            )
        )
            elements.Add(ContextElement.Opaque(path));

        if (
            info.TryGet(s_allOutputs, out var allOutputs)
            && BuiltinCall.ForceBool(
                allOutputs,
                "while evaluating the `allOutputs` attribute of a string context"
            )
        )
        {
            if (!isDerivation)
                throw EvaluationException.Failed(
                    $"tried to add all-outputs context of {name}, which is not a derivation, to a string",
                    position
                );
            elements.Add(ContextElement.DerivationDeep(path));
        }

        if (!info.TryGet(s_outputs, out var outputs))
            return;
        var names = BuiltinCall.ForceList(
            outputs,
            "while evaluating the `outputs` attribute of a string context"
        );
        if (names.Length > 0 && !isDerivation)
            throw EvaluationException.Failed(
                $"tried to add derivation output context of {name}, which is not a derivation, to a string",
                position
            );
        for (var index = 0; index < names.Length; index++)
        {
            var output = call.ForceStringWithoutContext(
                names[index],
                "while evaluating an output name within a string context"
            );
            elements.Add(ContextElement.Built(path, new ByteString(output.Bytes)));
        }
    }

    private static Value GetContext(in BuiltinCall call)
    {
        var text = call.ForceString(
            0,
            "while evaluating the argument passed to builtins.getContext"
        );
        var result = new AttributeSetBuilder();
        foreach (var group in text.Context.Elements.GroupBy(element => element.Path))
        {
            var info = new AttributeSetBuilder(3);
            if (group.Any(element => element.Kind == ContextElementKind.Opaque))
                info.Add(s_path, Value.True);
            if (group.Any(element => element.Kind == ContextElementKind.DerivationDeep))
                info.Add(s_allOutputs, Value.True);
            Value[] outputs =
            [
                .. group
                    .Where(element => element.Kind == ContextElementKind.Built)
                    .Select(element => Value.Of(element.Output.Span)),
            ];
            if (outputs.Length > 0)
                info.Add(s_outputs, ListValue.Of(outputs).ToValue());
            result.Add(call.Store.Directory.Format(group.Key), info.ToValue());
        }

        return result.ToValue();
    }

    private static Value HasContext(in BuiltinCall call) =>
        Value.Of(
            call.ForceString(
                0,
                "while evaluating the argument passed to builtins.hasContext"
            ).HasContext
        );

    private static Value UnsafeDiscardOutputDependency(in BuiltinCall call)
    {
        var text = call.CoerceToString(
            call.Argument(0),
            "while evaluating the argument passed to builtins.unsafeDiscardOutputDependency"
        );
        var elements = text.Context.Elements.Select(element =>
            element.Kind == ContextElementKind.DerivationDeep
                ? ContextElement.Opaque(element.Path)
                : element
        );
        return Value.Of(text.WithContext(StringContext.Of(elements)));
    }

    private static Value UnsafeDiscardStringContext(in BuiltinCall call) =>
        Value.Of(
            call.CoerceToString(
                    call.Argument(0),
                    "while evaluating the argument passed to builtins.unsafeDiscardStringContext"
                )
                .WithContext(StringContext.Empty)
        );
}
