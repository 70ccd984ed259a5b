using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Printing;

/// <summary>What is written about functions and attributes, as Markdown, for <c>:doc</c>.</summary>
public static class DocumentationText
{
    /// <summary>About a function, or a set that can be called like one.</summary>
    /// <returns>Null when nothing is known of such a value.</returns>
    public static string? OfValue(Value value)
    {
        if (value.IsBuiltin)
            return OfBuiltin(value.BoundBuiltin.Builtin);
        if (value.IsLambda)
            return OfLambda(value);
        if (
            !value.IsAttributeSet
            || !value.AsAttributeSet.TryGet(KnownNames.Functor, out var functor)
        )
            return null;

        // The set itself is the first argument, which its user does not see: what comes out of it is documented.
        try
        {
            var function = Calling.Call(functor.Force(), value, Position.None);
            var stack = CallStack.Enter(Position.None);
            var text = OfValue(function.Force());
            stack.Leave();
            return text;
        }
        catch (EvaluationException failure)
            when (failure.AddTrace(
                    Position.None,
                    "while partially calling '__functor' to retrieve documentation"
                )
            )
        {
            throw;
        }
    }

    /// <summary>About an attribute, by what stands before its definition.</summary>
    public static string OfAttribute(string name, Position position)
    {
        var comment = position.Location is { } place
            ? DocumentationComments.Before(place.Source, place.Position)
            : ReadOnlyMemory<byte>.Empty;
        var text = comment.IsEmpty
            ? "No documentation found.\n\n"
            : DocumentationComments.Text(comment.Span);
        return $"Attribute `{name}`\n\n  … defined at {position}\n\n{text}";
    }

    private static string OfBuiltin(Builtin builtin)
    {
        var parameters = string.Join(' ', builtin.Parameters.Select(name => $"*{name}*"));
        return $"**Synopsis:** `builtins.{builtin.Name}` {parameters}\n\n{builtin.Summary}";
    }

    private static string OfLambda(Value value)
    {
        var information = value.LambdaNode.Information;
        var place = information.Position.IsKnown ? $"defined at {information.Position}" : "";
        var title = information.Name is { } name
            ? $"Function `{name}`\\\n{(place.Length > 0 ? "  … " : "")}"
            : "Function ";
        var comment = DocumentationComments.Text(information.Documentation.Span);
        return comment.Length == 0 ? title + place : $"{title}{place}\n\n{comment}";
    }
}
