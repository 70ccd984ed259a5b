using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary>The set pattern of a lambda.</summary>
/// <param name="Arguments">In no order that means anything.</param>
/// <param name="HasEllipsis">Other arguments are accepted too.</param>
public sealed record FunctionFormals(IReadOnlyList<FunctionFormal> Arguments, bool HasEllipsis)
{
    /// <returns>Null for builtins and for lambdas that take any value.</returns>
    public static FunctionFormals? Of(Value function) =>
        function.IsLambda && function.LambdaNode is FormalsLambdaNode lambda
            ? new(
                [
                    .. lambda
                        .Formals.ToArray()
                        .Select(formal => new FunctionFormal(
                            formal.Name,
                            formal.Default is not null,
                            formal.Position
                        )),
                ],
                lambda.HasEllipsis
            )
            : null;
}

/// <param name="Name">Of the argument.</param>
/// <param name="HasDefault">It may be left out.</param>
/// <param name="Position">Where it was written.</param>
public sealed record FunctionFormal(Symbol Name, bool HasDefault, Position Position);
