using System.Collections.Concurrent;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;
using Ferry.Formats.StorePaths;

namespace Ferry.Evaluation.Coercion;

/// <summary>Turns values into strings and paths where the language does that by itself.</summary>
/// <remarks>One for each evaluator: it remembers which paths it has copied to the store. Any thread may use it.</remarks>
public sealed class Coercer
{
    private readonly Evaluator _evaluator;
    private readonly ConcurrentDictionary<string, StorePath> _copied = [];

    internal Coercer(Evaluator evaluator) => _evaluator = evaluator;

    /// <param name="value">Forced here.</param>
    /// <param name="position">For errors.</param>
    /// <param name="because">Becomes a trace when the value has no text.</param>
    /// <param name="coercion">What else than strings is accepted.</param>
    public StringValue ToString(
        Value value,
        Position position,
        string because,
        StringCoercion coercion = StringCoercion.Default
    )
    {
        value = value.Force(position);
        if (value.IsString)
            return value.AsString;
        var text = new TextBuilder();
        Append(ref text, value, position, because, coercion);
        return text.ToStringValue();
    }

    /// <summary><see cref="ToString(Value, Position, string, StringCoercion)"/> into a text under construction.</summary>
    public void Append(
        ref TextBuilder text,
        Value value,
        Position position,
        string because,
        StringCoercion coercion
    )
    {
        value = value.Force(position);
        if (value.IsString)
        {
            text.Append(value.AsString);
            return;
        }
        var stack = CallStack.Enter(position);
        if (value.IsPath)
            AppendPath(ref text, value, coercion);
        else if (value.IsAttributeSet)
            AppendSet(ref text, value, position, because, coercion);
        else if (coercion.HasFlag(StringCoercion.More) && !value.IsFunction)
            AppendMore(ref text, value, position, because, coercion);
        else
            throw CannotCoerce(value, position, because);
        stack.Leave();
    }

    /// <summary>A path value as it is, anything else through its string, which must be absolute.</summary>
    /// <returns>An absolute, canonical path.</returns>
    public string ToPath(Value value, Position position, ref StringContext context, string because)
    {
        try
        {
            value = value.Force(position);
        }
        catch (EvaluationException failure) when (failure.AddTrace(position, because))
        {
            throw;
        }
        if (value.IsPath)
            return value.AsPath.ToString();
        if (
            value.IsAttributeSet
            && value.AsAttributeSet.TryGet(KnownNames.ToStringFunction, out var convert)
        )
        {
            var converted = Calling.Call(convert.Force(position), value, position);
            return ToPath(converted, position, ref context, because);
        }
        var text = ToString(value, position, because, StringCoercion.CanonicalizePath);
        context = context.Union(text.Context);
        var path = text.ToString();
        return path is ['/', ..]
            ? PathText.Canonicalize(path)
            : throw EvaluationException
                .Failed($"string '{text}' doesn't represent an absolute path")
                .WithTrace(position, because);
    }

    /// <summary>The store object whose path a value's string is.</summary>
    public StorePath ToStorePath(
        Value value,
        Position position,
        ref StringContext context,
        string because
    )
    {
        var text = ToString(value, position, because, StringCoercion.CanonicalizePath);
        context = context.Union(text.Context);
        return _evaluator.Store.Directory.TryParse(text.ToString())
            ?? throw EvaluationException
                .Failed($"path '{text}' is not in the Nix store")
                .WithTrace(position, because);
    }

    /// <summary>Copies a file tree to the store, once for each path.</summary>
    public StorePath CopyToStore(string path)
    {
        if (_copied.TryGetValue(path, out var known))
            return known;
        if (path.EndsWith(StorePath.DerivationSuffix, StringComparison.Ordinal))
            throw EvaluationException.Failed(
                $"file names are not allowed to end in '{StorePath.DerivationSuffix}'"
            );
        var slash = path.LastIndexOf('/');
        var name = path[(slash + 1)..];
        var folder = slash <= 0 ? "/" : _evaluator.Files.ResolveLinks(path[..slash]);
        var source = folder == "/" ? "/" + name : $"{folder}/{name}";
        return _copied.GetOrAdd(path, _evaluator.Store.AddPath(new PathAddition(name, source)));
    }

    private void AppendPath(ref TextBuilder text, Value value, StringCoercion coercion)
    {
        if (coercion.HasFlag(StringCoercion.CopyToStore))
        {
            var copied = CopyToStore(value.AsPath.ToString());
            text.AddContext(StringContext.Of(ContextElement.Opaque(copied)));
            text.Append(_evaluator.Store.Directory.Format(copied));
            return;
        }

        _evaluator.SourceObserver?.PathSeen(value.AsPath.ToString());
        if (coercion.HasFlag(StringCoercion.CanonicalizePath))
            text.Append(PathText.Canonicalize(value.AsPath.ToString()));
        else
            text.Append(value.AsPath.Bytes);
    }

    private void AppendSet(
        ref TextBuilder text,
        Value value,
        Position position,
        string because,
        StringCoercion coercion
    )
    {
        var set = value.AsAttributeSet;
        if (set.TryGet(KnownNames.ToStringFunction, out var convert))
        {
            var converted = Calling.Call(convert.Force(position), value, position);
            Append(
                ref text,
                converted,
                position,
                "while evaluating the result of the `__toString` attribute",
                coercion | StringCoercion.CanonicalizePath
            );
        }
        else if (set.TryGet(KnownNames.OutPath, out var outPath))
        {
            Append(ref text, outPath, position, because, coercion);
        }
        else
        {
            throw CannotCoerce(value, position, because);
        }
    }

    private void AppendMore(
        ref TextBuilder text,
        Value value,
        Position position,
        string because,
        StringCoercion coercion
    )
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                // False is empty, as null is, so that shell scripts can test it.
                if (value.AsBoolean)
                    text.Append("1"u8);
                break;
            case ValueKind.Integer:
                text.Append(value.AsInteger);
                break;
            case ValueKind.Float:
                text.Append(FloatText.Fixed(value.AsFloat));
                break;
            case ValueKind.List:
                AppendList(ref text, value.AsList, position, because, coercion);
                break;
        }
    }

    private void AppendList(
        ref TextBuilder text,
        ListValue list,
        Position position,
        string because,
        StringCoercion coercion
    )
    {
        for (var index = 0; index < list.Length; index++)
        {
            var element = list[index];
            try
            {
                Append(
                    ref text,
                    element,
                    position,
                    "while evaluating one element of the list",
                    coercion
                );
            }
            catch (EvaluationException failure) when (failure.AddTrace(position, because))
            {
                throw;
            }
            // An empty list leaves no space behind it; stock calls that "not quite correct" and keeps it.
            if (
                index < list.Length - 1
                && element.Force() is var forced
                && (!forced.IsList || forced.AsList.Length != 0)
            )
                text.Append(" "u8);
        }
    }

    private static EvaluationException CannotCoerce(Value value, Position position, string because)
    {
        var hint = new Hint(0, 0);
        hint.AppendLiteral("cannot coerce ");
        hint.AppendFormatted(TypeNames.Show(value));
        hint.AppendLiteral(" to a string: ");
        hint.AppendFormatted(ValuePrinter.ForError(value));
        return EvaluationException.WrongType(hint).WithTrace(position, because);
    }
}
