using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;
using Ferry.Flakes.Evaluation;
using Ferry.Flakes.Locking;
using Ferry.Flakes.References;
using Ferry.Formats.Inputs;

namespace Ferry.Flakes.Builtins;

/// <summary>Builtins about flakes.</summary>
/// <param name="locker">Asked for when a program first needs it.</param>
/// <param name="explain">Turns failures of fetching and of flakes into the program's.</param>
public sealed class FlakeBuiltins(Func<FlakeLocker> locker, IFailureExplainer explain)
{
    public Builtin[] Table =>
        [
            new("flakeRefToString", ["attrs"], "Prints a flake reference.", FlakeRefToString),
            new("getFlake", ["args"], "Fetches a flake and returns its outputs.", GetFlake),
            new("parseFlakeRef", ["flake-ref"], "Reads a flake reference.", ParseFlakeRef),
        ];

    private Value FlakeRefToString(in BuiltinCall call)
    {
        var set = call.ForceAttributeSet(
            0,
            "while evaluating the argument passed to builtins.flakeRefToString"
        );
        var attributes = InputAttributes.Empty;
        foreach (var index in set.NameOrder())
        {
            var name = set.SymbolAt(index).ToString();
            attributes = attributes.With(name, Attribute(name, set[index].Force()));
        }

        return Value.Of(explain.Explain(() => FlakeReference.Of(attributes).ToString()));
    }

    private Value GetFlake(in BuiltinCall call)
    {
        var text = call.ForceStringWithoutContext(
                0,
                "while evaluating the argument passed to builtins.getFlake"
            )
            .ToString();
        var (evaluator, isPure) = (call.Evaluator, call.Settings.IsPure);
        var locked = explain.Explain(() =>
        {
            var reference = FlakeReference.Parse(
                text,
                new FlakeReferenceOptions { AllowsMissing = true }
            );
            var owner = locker();
            if (isPure && !owner.IsLocked(reference))
                throw new FlakeException(
                    // Stock never has the position that it wants to name here.
                    $"cannot call 'getFlake' on unlocked flake reference '{text}', at «none»:0 (use --impure to override)"
                );
            return owner.Lock(
                reference,
                new LockOptions
                {
                    MayUpdate = false,
                    Writes = false,
                    UsesRegistries = isPure ? false : null,
                    AllowsUnlocked = !isPure,
                }
            );
        });
        return new FlakeCaller(evaluator).Call(locked);
    }

    private Value ParseFlakeRef(in BuiltinCall call)
    {
        var text = call.ForceStringWithoutContext(
                0,
                "while evaluating the argument passed to builtins.parseFlakeRef"
            )
            .ToString();
        var reference = explain.Explain(() =>
            FlakeReference.Parse(text, new FlakeReferenceOptions { AllowsMissing = true })
        );
        var set = new AttributeSetBuilder();
        foreach (var (name, value) in reference.Attributes)
        {
            set.Add(
                name,
                value.Kind switch
                {
                    InputAttributeKind.Text => Value.Of(value.AsText),
                    InputAttributeKind.Number => Value.Of((long)value.AsNumber),
                    _ => Value.Of(value.AsSwitch),
                }
            );
        }

        return set.ToValue();
    }

    private static InputAttribute Attribute(string name, Value value)
    {
        if (value.IsString)
            return value.AsString.ToString();
        if (value.IsBoolean)
            return value.AsBoolean;
        if (value.IsInteger)
            return value.AsInteger >= 0
                ? (ulong)value.AsInteger
                : throw EvaluationException.Failed(
                    $"negative value given for flake ref attr {name}: {value.AsInteger}"
                );
        var hint = new Hint(0, 0);
        hint.AppendLiteral(
            "flake reference attribute sets may only contain integers, Booleans, and strings, but attribute '"
        );
        hint.AppendFormatted(name);
        hint.AppendLiteral("' is ");
        hint.AppendFormatted(TypeNames.Show(value));
        throw EvaluationException.Failed(hint);
    }
}

/// <summary>Runs something that fetches, so that its failures are the program's.</summary>
public interface IFailureExplainer
{
    /// <exception cref="EvaluationException">In place of what was thrown.</exception>
    T Explain<T>(Func<T> act);
}
