using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Nodes;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Evaluation.Binding;

/// <summary>Functions and calls.</summary>
internal sealed partial class Binder
{
    private LambdaNode BindLambda(LambdaExpression lambda, Scope? scope)
    {
        var information = new LambdaInformation(
            At(lambda.Position),
            lambda.Argument,
            _evaluator.Settings.ShowsTrace,
            DocumentationOf(lambda.Documentation)
        )
        {
            Name = lambda.Name,
        };
        var inner = new VariableScope(scope);
        if (!lambda.HasFormals)
        {
            inner.Add(lambda.Argument!);
            var simple = new SimpleLambdaNode(information);
            simple.Register();
            simple.Body = BindBody(lambda, inner, information);
            return simple;
        }

        var sorted = lambda.Formals.ToArray();
        Array.Sort(sorted, (left, right) => left.Name.Id.CompareTo(right.Name.Id));
        foreach (var formal in sorted)
            inner.Add(formal.Name);
        if (lambda.Argument is { } whole)
            inner.Add(whole);
        var node = new FormalsLambdaNode(information, lambda.HasEllipsis);
        node.Register();
        node.SetFormals(
            Array.ConvertAll(
                sorted,
                formal => new FormalInformation(
                    formal.Name,
                    formal.Default is { } fallback ? Suspendable(fallback, inner) : null,
                    At(formal.Position)
                )
            )
        );
        node.Body = BindBody(lambda, inner, information);
        return node;
    }

    private Node BindBody(LambdaExpression lambda, Scope scope, LambdaInformation information)
    {
        var body = Bind(lambda.Body, scope);
        // A function that returns a function has nothing to look at.
        return body is LambdaNode
            ? body
            : Debugged(
                body,
                information.Position,
                scope,
                () => $"while calling {information.QuotedName}"
            );
    }

    private ReadOnlyMemory<byte> DocumentationOf(DocumentationComment comment) =>
        comment.Exists
            ? _source.Bytes[comment.Start.Offset..comment.End.Offset]
            : ReadOnlyMemory<byte>.Empty;

    private Node BindCall(CallExpression call, Scope? scope) =>
        Debugged(
            BindPlainCall(call, scope),
            At(call.Position),
            scope,
            () => "while calling a function"
        );

    private Node BindPlainCall(CallExpression call, Scope? scope)
    {
        var position = At(call.Position);
        if (_evaluator.CallObserver is not null)
            return new ObservedCallNode(
                Bind(call.Function, scope),
                BindAll(call.Arguments, scope),
                position
            );
        if (
            call.Function is VariableExpression { Position.IsKnown: false } operation
            && call.Arguments.Length == 2
            && ArithmeticOf(operation.Name, scope) is { } arithmetic
        )
            return BindArithmetic(arithmetic, call, scope, position);

        var function = Bind(call.Function, scope);
        var arguments = BindAll(call.Arguments, scope);
        return arguments.Length switch
        {
            1 => new CallNode(function, arguments[0], position),
            _ => new CallManyNode(function, arguments, position),
        };
    }

    // An operator is a call of whatever its name means here; only the builtin has a node of its own.
    private static ArithmeticOperator? ArithmeticOf(Symbol name, Scope? scope)
    {
        if (!ArithmeticOperators.ByName.TryGetValue(name, out var found))
            return null;
        for (var level = scope; level is not null; level = level.Up)
        {
            if (level is VariableScope variables && variables.Find(name) >= 0)
                return null;
        }
        return found;
    }

    private Node BindArithmetic(
        ArithmeticOperator arithmetic,
        CallExpression call,
        Scope? scope,
        Position position
    )
    {
        var left = Bind(call.Arguments[0], scope);
        var right = Bind(call.Arguments[1], scope);
        return arithmetic == ArithmeticOperator.Less
            ? new LessNode(left, right, position)
            : new ArithmeticNode(arithmetic, left, right, position);
    }
}
