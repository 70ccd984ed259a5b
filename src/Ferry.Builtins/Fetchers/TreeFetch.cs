using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;
using Ferry.Formats.Inputs;

namespace Ferry.Builtins.Fetchers;

/// <summary><c>fetchTree</c>, and <c>fetchGit</c>, which is the same with one type and other defaults.</summary>
internal static class TreeFetch
{
    public static Value FetchTree(in BuiltinCall call)
    {
        var argument = call.Force(0);
        if (argument.IsAttributeSet)
            return Fetch(
                call,
                call.Fetcher.Of(TreeAttributes(call, argument.AsAttributeSet)),
                SourceStyle.Plain
            );
        var url = Text(call, argument, "while evaluating the first argument passed to 'fetchTree'");
        return Fetch(call, call.Fetcher.Parse(url), SourceStyle.Plain);
    }

    public static Value FetchGit(in BuiltinCall call)
    {
        var argument = call.Force(0);
        var attributes = argument.IsAttributeSet
            ? GitAttributes(call, argument.AsAttributeSet)
            : InputAttributes.Of(
                ("type", "git"),
                (
                    "url",
                    Text(call, argument, "while evaluating the first argument passed to 'fetchGit'")
                ),
                ("exportIgnore", true)
            );
        return Fetch(call, call.Fetcher.Of(attributes), SourceStyle.AlwaysRevision);
    }

    private static InputAttributes TreeAttributes(in BuiltinCall call, AttributeSet set)
    {
        if (set.Find(KnownNames.Type) is var index && index < 0)
            throw BuiltinCall.Fail($"argument 'type' is missing in call to '{call.Name}'");
        var type = call.ForceStringWithoutContext(
                set[index],
                $"while evaluating the `type` argument passed to '{call.Name}'",
                set.PositionAt(index)
            )
            .ToString();
        var attributes = Attributes(call, set).With("type", type);
        if (type == "git" && !attributes.Contains("shallow"))
            attributes = attributes.With("shallow", true);
        return attributes.Contains("name")
            ? throw BuiltinCall.Fail($"argument 'name' isn’t supported in call to '{call.Name}'")
            : attributes;
    }

    private static InputAttributes GitAttributes(in BuiltinCall call, AttributeSet set)
    {
        if (set.Find(KnownNames.Type) >= 0)
            throw BuiltinCall.Fail("unexpected argument 'type'");
        var attributes = Attributes(call, set).With("type", "git");
        return
            attributes.Contains("exportIgnore")
            || (attributes.TryGet("submodules", out var submodules) && submodules.AsSwitch)
            ? attributes
            : attributes.With("exportIgnore", true);
    }

    private static InputAttributes Attributes(in BuiltinCall call, AttributeSet set)
    {
        var attributes = InputAttributes.Empty;
        foreach (var index in set.NameOrder())
        {
            if (set.SymbolAt(index) == KnownNames.Type)
                continue;
            var name = set.SymbolAt(index).ToString();
            attributes = attributes.With(
                name,
                Attribute(call, name, set[index].Force(set.PositionAt(index)))
            );
        }

        return attributes;
    }

    private static InputAttribute Attribute(in BuiltinCall call, string name, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Path:
            case ValueKind.String:
                return Text(call, value, "");
            case ValueKind.Boolean:
                return value.AsBoolean;
            case ValueKind.Integer when value.AsInteger >= 0:
                return (ulong)value.AsInteger;
            case ValueKind.Integer:
                throw BuiltinCall.Fail(
                    $"negative value given for '{call.Name}' argument '{name}': {value.AsInteger}"
                );
            default:
                throw EvaluationException.WrongType(Unsuitable(call.Name, name, value));
        }
    }

    private static Hint Unsuitable(string builtin, string name, Value value)
    {
        var hint = new Hint(0, 0);
        hint.AppendLiteral("argument '");
        hint.AppendFormatted(name);
        hint.AppendLiteral("' to '");
        hint.AppendFormatted(builtin);
        hint.AppendLiteral("' is ");
        hint.AppendFormatted(TypeNames.Show(value));
        hint.AppendLiteral(" while a string, Boolean or integer is expected");
        return hint;
    }

    private static Value Fetch(in BuiltinCall call, IFetchableInput input, SourceStyle style)
    {
        if (!call.Settings.IsPure && !input.IsDirect)
            input = input.Resolve();
        if (call.Settings.IsPure && !input.IsLocked)
        {
            if (!input.HasNarHash)
                throw BuiltinCall.Fail(
                    $"in pure evaluation mode, '{call.Name}' doesn't fetch unlocked input '{input.Text}'"
                );
            TracingBuiltins.Warn(
                call.Evaluator,
                $"Input '{input.Text}' is unlocked (e.g. lacks a Git revision) but is checked by NAR hash. "
                    + "This is not reproducible and will break after garbage collection or when shared."
            );
        }

        UriAccess.Check(call.Evaluator, input.Text);
        if (input.IsFinal)
            throw BuiltinCall.Fail(
                $"input '{input.Text}' is not allowed to use the '__final' attribute"
            );
        return SourceValues.Describe(call.Evaluator, input.Fetch(FetchMode.Copy), style).ToValue();
    }

    // What the text mentions is not kept: a fetched tree depends on its contents alone.
    private static string Text(in BuiltinCall call, Value value, string because) =>
        call.CoerceToString(value, because, StringCoercion.None).ToString();
}
