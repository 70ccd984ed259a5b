using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Evaluation;

/// <summary>What commands do with values.</summary>
public sealed partial class Evaluator
{
    /// <summary>A function of C# as a value, for programs that are handed it.</summary>
    public Value MakeFunction(Builtin builtin) => Value.OfBuiltin(new BoundBuiltin(builtin, this));

    /// <summary>The name that a lambda gives to its whole argument; null when it gives none, and for other values.</summary>
    public static string? ArgumentName(Value function) =>
        function.IsLambda ? function.LambdaNode.Information.Argument?.ToString() : null;

    /// <summary>Where a function is defined that is no builtin; none for other values.</summary>
    public static Position PositionOf(Value function) =>
        function.IsLambda ? function.LambdaNode.Information.Position : Position.None;

    /// <summary>Calls a function; the result is forced.</summary>
    public static Value Call(Value function, Value argument) =>
        Calling.Call(function.Force(), argument, Position.None);

    /// <summary>Forces a value and everything inside it.</summary>
    public static void ForceDeep(Value value) => DeepForcing.Force(value);

    /// <summary>Calls a function with formals, taking its arguments from those of the command line; other values stay.</summary>
    /// <exception cref="EvaluationException">A formal without default has no argument.</exception>
    public static Value AutoCall(Value value, AttributeSet arguments)
    {
        value = value.Force();
        if (
            value.IsAttributeSet && value.AsAttributeSet.TryGet(KnownNames.Functor, out var functor)
        )
            return AutoCall(Call(functor, value), arguments);
        if (!value.IsLambda || value.LambdaNode is not FormalsLambdaNode lambda)
            return value;
        return Calling.Call(
            value,
            ArgumentsFor(lambda, arguments).ToValue(),
            lambda.Information.Position
        );
    }

    /// <summary>Follows an attribute path such as <c>a."b.c".0</c>, calling functions on the way.</summary>
    /// <returns>The value, not yet forced, and where the last attribute was written.</returns>
    public static (Value Value, Position Position) Select(
        Value value,
        string path,
        AttributeSet arguments
    )
    {
        var position = Position.None;
        foreach (var name in ParsePath(path))
        {
            value = AutoCall(value, arguments);
            (value, position) = uint.TryParse(name, out var index)
                ? (SelectElement(value, index, path), Position.None)
                : SelectAttribute(value, name, path);
        }
        return (value, position);
    }

    /// <summary>The names of an attribute path.</summary>
    /// <exception cref="EvaluationException">A quote is not closed.</exception>
    public static IReadOnlyList<string> ParsePath(string path)
    {
        var names = new List<string>();
        var name = new System.Text.StringBuilder();
        for (var index = 0; index < path.Length; index++)
        {
            switch (path[index])
            {
                case '.':
                    names.Add(name.ToString());
                    name.Clear();
                    break;
                case '"':
                    var end = path.IndexOf('"', index + 1);
                    if (end < 0)
                        throw EvaluationException.Failed(
                            $"missing closing quote in selection path '{path}'"
                        );
                    name.Append(path.AsSpan(index + 1, end - index - 1));
                    index = end;
                    break;
                default:
                    name.Append(path[index]);
                    break;
            }
        }
        if (name.Length > 0)
            names.Add(name.ToString());
        return names;
    }

    private static AttributeSet ArgumentsFor(FormalsLambdaNode lambda, AttributeSet arguments)
    {
        if (lambda.HasEllipsis)
            return arguments;
        var chosen = new AttributeSetBuilder(lambda.Formals.Length);
        foreach (var formal in lambda.Formals)
        {
            if (arguments.TryGet(formal.Name, out var argument))
                chosen.Add(formal.Name, argument);
            else if (formal.Default is null)
                throw EvaluationException.MissingArgument(
                    $"""
                    cannot evaluate a function that has an argument without a value ('{formal.Name}')
                    Nix attempted to evaluate a function as a top level expression; in
                    this case it must have its arguments supplied either by default
                    values, or passed explicitly with '--arg' or '--argstr'. See
                    https://nix.dev/manual/nix/stable/language/syntax.html#functions.
                    """,
                    formal.Position
                );
        }
        return chosen.Build();
    }

    private static Value SelectElement(Value value, uint index, string path)
    {
        if (!value.IsList)
            throw EvaluationException.WrongType(
                $"the expression selected by the selection path '{path}' should be a list but is {TypeNames.Show(value)}"
            );
        return index < value.AsList.Length
            ? value.AsList[(int)index]
            : throw EvaluationException.Failed(
                $"list index {index} in selection path '{path}' is out of range"
            );
    }

    private static (Value Value, Position Position) SelectAttribute(
        Value value,
        string name,
        string path
    )
    {
        if (!value.IsAttributeSet)
            throw EvaluationException.WrongType(
                $"the expression selected by the selection path '{path}' should be a set but is {TypeNames.Show(value)}"
            );
        if (name.Length == 0)
            throw EvaluationException.Failed($"empty attribute name in selection path '{path}'");
        var set = value.AsAttributeSet;
        var index = set.Find(Symbols.Of(name));
        if (index >= 0)
            return (set[index], set.PositionAt(index));
        var names = Enumerable.Range(0, set.Count).Select(at => set.SymbolAt(at).ToString());
        throw EvaluationException.Misspelt(
            $"attribute '{name}' in selection path '{path}' not found",
            Position.None,
            NearNames.Find(name, names)
        );
    }
}
