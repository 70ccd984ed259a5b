using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Evaluation.Binding;

/// <summary>Asks whether every variable of a tree is defined, for those who want no nodes.</summary>
/// <remarks>
/// Owner: one evaluator, on one thread; good for many trees. Recursion follows the tree, whose depth the parser bounds.
/// </remarks>
/// <param name="evaluator">Whose builtins are the outermost scope.</param>
internal sealed class VariableCheck(Evaluator evaluator)
{
    // By the id of a symbol: how many of the scopes around the current place define it. A builtin that was met counts
    // once more, for ever.
    private int[] _definitions = [];
    private int _withs;
    private bool _isMissing;

    /// <summary>True when <see cref="Binder"/> would find every variable; it has the words when one is missing.</summary>
    public bool Passes(Expression expression)
    {
        if (_definitions.Length < Symbols.Table.Count)
            Array.Resize(ref _definitions, Symbols.Table.Count * 2);
        _isMissing = false;
        Visit(expression);
        return !_isMissing;
    }

    private void Visit(Expression expression)
    {
        switch (expression)
        {
            case VariableExpression variable:
                _isMissing |= !IsDefined(variable.Name);
                break;
            case SelectExpression select:
                Visit(select.Subject);
                VisitPath(select.Path);
                VisitOptional(select.Fallback);
                break;
            case CallExpression call:
                Visit(call.Function);
                VisitAll(call.Arguments);
                break;
            case AttributeSetExpression set:
                VisitSet(set, set.IsRecursive, body: null);
                break;
            case ListExpression list:
                VisitAll(list.Elements);
                break;
            case LambdaExpression lambda:
                VisitLambda(lambda);
                break;
            case LetExpression let:
                VisitSet(let.Bindings, seesItself: true, let.Body);
                break;
            default:
                VisitOther(expression);
                break;
        }
    }

    private void VisitOther(Expression expression)
    {
        switch (expression)
        {
            case ConcatenateStringsExpression concatenation:
                foreach (ref readonly var part in concatenation.Parts)
                    Visit(part.Value);
                break;
            case WithExpression with:
                Visit(with.Attributes);
                _withs++;
                Visit(with.Body);
                _withs--;
                break;
            case HasAttributeExpression has:
                Visit(has.Subject);
                VisitPath(has.Path);
                break;
            case IfExpression choice:
                Visit(choice.Condition);
                Visit(choice.WhenTrue);
                Visit(choice.WhenFalse);
                break;
            case AssertExpression assertion:
                Visit(assertion.Condition);
                Visit(assertion.Body);
                break;
            case NotExpression not:
                Visit(not.Operand);
                break;
            case BinaryExpression binary:
                Visit(binary.Left);
                Visit(binary.Right);
                break;
            // The others are literals, or stand for something that is visited where it is written.
        }
    }

    private void VisitLambda(LambdaExpression lambda)
    {
        Enter(lambda, 1);
        foreach (ref readonly var formal in lambda.Formals)
            VisitOptional(formal.Default);
        Visit(lambda.Body);
        Enter(lambda, -1);
    }

    // The body is what a "let" has besides its bindings.
    private void VisitSet(AttributeSetExpression set, bool seesItself, Expression? body)
    {
        VisitInherited(set);
        if (seesItself)
            Enter(set, 1);
        VisitInner(set);
        VisitOptional(body);
        if (seesItself)
            Enter(set, -1);
    }

    // What is inherited without a source is looked for around the set.
    private void VisitInherited(AttributeSetExpression set)
    {
        foreach (ref readonly var attribute in set.Attributes)
        {
            if (attribute.Kind == AttributeKind.Inherited)
                Visit(attribute.Value);
        }
    }

    private void VisitInner(AttributeSetExpression set)
    {
        VisitAll(set.InheritSources);
        foreach (ref readonly var attribute in set.Attributes)
        {
            if (attribute.Kind != AttributeKind.Inherited)
                Visit(attribute.Value);
        }
        foreach (ref readonly var attribute in set.DynamicAttributes)
        {
            Visit(attribute.Name);
            Visit(attribute.Value);
        }
    }

    private void VisitAll(ReadOnlySpan<Expression> expressions)
    {
        foreach (var expression in expressions)
            Visit(expression);
    }

    private void VisitPath(ReadOnlySpan<AttributeName> path)
    {
        foreach (var name in path)
            VisitOptional(name.Expression);
    }

    private void VisitOptional(Expression? expression)
    {
        if (expression is not null)
            Visit(expression);
    }

    private void Enter(AttributeSetExpression set, int change)
    {
        foreach (ref readonly var attribute in set.Attributes)
            _definitions[attribute.Name.Id] += change;
    }

    private void Enter(LambdaExpression lambda, int change)
    {
        if (lambda.Argument is { } whole)
            _definitions[whole.Id] += change;
        foreach (ref readonly var formal in lambda.Formals)
            _definitions[formal.Name.Id] += change;
    }

    private bool IsDefined(Symbol name)
    {
        if (_withs > 0 || _definitions[name.Id] > 0)
            return true;
        if (!evaluator.Scope.TryFind(name, out _))
            return false;
        _definitions[name.Id]++;
        return true;
    }
}
