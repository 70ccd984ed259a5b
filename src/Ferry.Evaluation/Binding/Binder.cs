using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Printing;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Evaluation.Binding;

/// <summary>Turns a tree into nodes: names become slots, and each expression gets the node that fits it best.</summary>
/// <remarks>Owner: the text being bound, on one thread. Recursion follows the tree, whose depth the parser bounds.</remarks>
internal sealed partial class Binder
{
    private readonly Evaluator _evaluator;
    private readonly SourceText _source;
    private readonly uint _start;

    private Binder(Evaluator evaluator, SourceText source, string? filePath)
    {
        (_evaluator, _source) = (evaluator, source);
        _start = PositionTable.Register(source, filePath);
    }

    /// <param name="evaluator">Whose builtins are the outermost scope.</param>
    /// <param name="source">The text of the tree.</param>
    /// <param name="filePath">Where the text lies, for <c>__curPos</c>; null when it is no file.</param>
    /// <param name="expression">The tree.</param>
    /// <param name="scope">Names around the text; null for the builtins alone.</param>
    /// <exception cref="EvaluationException">A variable is not defined.</exception>
    public static Node Bind(
        Evaluator evaluator,
        SourceText source,
        string? filePath,
        Expression expression,
        Scope? scope = null
    ) => new Binder(evaluator, source, filePath).Bind(expression, scope);

    /// <summary><see cref="Bind(Evaluator, SourceText, string?, Expression, Scope?)"/> for a file that is imported.</summary>
    public static Node BindFile(
        Evaluator evaluator,
        SourceText source,
        string filePath,
        Expression expression,
        Func<Hint> hint
    )
    {
        var binder = new Binder(evaluator, source, filePath);
        var node = binder.Bind(expression, scope: null);
        return binder.Debugged(node, binder.At(expression.Position), scope: null, hint);
    }

    /// <summary>All of a selection but its last name.</summary>
    public static Node BindBeforeLastName(
        Evaluator evaluator,
        SourceText source,
        SelectExpression select,
        Scope scope
    )
    {
        var binder = new Binder(evaluator, source, filePath: null);
        var subject = binder.Bind(select.Subject, scope);
        var path = binder.BindPath(select.Path[..^1], scope);
        return path.Length == 0
            ? subject
            : new SelectPathNode(subject, path, binder.At(select.Position));
    }

    private Position At(SourcePosition position) =>
        position.IsKnown ? new(_start + (uint)position.Offset) : Position.None;

    private Node Bind(Expression expression, Scope? scope)
    {
        if (ThreadBlock.IsInterrupted)
            throw EvaluationException.Interrupted();
        return expression switch
        {
            IntegerExpression integer => new ConstantNode(Value.Of(integer.Value)),
            FloatExpression number => new ConstantNode(Value.Of(number.Value)),
            StringExpression text => new ConstantNode(Value.Of(text.Value.Span)),
            PathExpression path => new ConstantNode(Value.Path(path.Value.Span)),
            VariableExpression variable => BindVariable(variable, scope),
            InheritSourceExpression source => BindInheritSource(source, scope),
            SelectExpression select => BindSelect(select, scope),
            HasAttributeExpression has => new HasAttributeNode(
                Bind(has.Subject, scope),
                BindPath(has.Path, scope),
                At(has.Position)
            ),
            AttributeSetExpression set => BindSet(set, scope),
            ListExpression list => BindList(list, scope),
            LambdaExpression lambda => BindLambda(lambda, scope),
            CallExpression call => BindCall(call, scope),
            LetExpression let => BindLet(let, scope),
            WithExpression with => new WithNode(
                Suspendable(with.Attributes, scope),
                Bind(with.Body, new WithScope(scope, At(with.Position)))
            ),
            IfExpression choice => new IfNode(
                Bind(choice.Condition, scope),
                Bind(choice.WhenTrue, scope),
                Bind(choice.WhenFalse, scope),
                At(choice.Position)
            ),
            AssertExpression assertion => BindAssert(assertion, scope),
            NotExpression not => new NotNode(Bind(not.Operand, scope), At(not.Position)),
            BinaryExpression binary => BindBinary(binary, scope),
            ConcatenateStringsExpression concatenation => BindConcatenation(concatenation, scope),
            CurrentPositionExpression here => new ConstantNode(
                PositionValues.Of(At(here.Position), _evaluator.SourceObserver)
            ),
            _ => throw new System.Diagnostics.UnreachableException(
                $"no node for {expression.Kind}"
            ),
        };
    }

    /// <summary>Binds something that will be suspended.</summary>
    private Node Suspendable(Expression expression, Scope? scope) =>
        Bind(expression, scope).Register();

    // Where a person who debugs can look around.
    private Node Debugged(Node node, Position position, Scope? scope, Func<Hint> hint) =>
        _evaluator.Debugging is { } debugging
            ? new DebugNode(debugging, new(position, scope, hint), node)
            : node;

    private Node[] BindAll(ReadOnlySpan<Expression> expressions, Scope? scope)
    {
        var nodes = new Node[expressions.Length];
        for (var index = 0; index < nodes.Length; index++)
            nodes[index] = Suspendable(expressions[index], scope);
        return nodes;
    }

    private Node BindList(ListExpression list, Scope? scope) =>
        list.Elements.IsEmpty
            ? new ConstantNode(Value.EmptyList)
            : new ListNode(BindAll(list.Elements, scope));

    private Node BindVariable(VariableExpression variable, Scope? scope)
    {
        var depth = 0;
        List<WithLevel>? withs = null;
        for (var level = scope; level is not null; level = level.Up, depth++)
        {
            if (level is WithScope with)
                (withs ??= []).Add(new(depth, with.Position));
            else if (((VariableScope)level).Find(variable.Name) is >= 0 and var slot)
                return VariableNode.Create(depth, slot, At(variable.Position));
        }
        if (_evaluator.Scope.TryFind(variable.Name, out var value))
            return new ConstantNode(value);
        return withs is not null
            ? new WithVariableNode(variable.Name, [.. withs], At(variable.Position))
            : throw EvaluationException.UndefinedVariable(variable.Name, At(variable.Position));
    }

    private Node BindInheritSource(InheritSourceExpression source, Scope? scope)
    {
        // The parser puts these only where the innermost scope has the sources' slots.
        var sources = (VariableScope)scope!;
        return VariableNode.Create(
            0,
            sources.InheritSourcesStart + source.Index,
            At(source.Position)
        );
    }

    private AttributeNameNode[] BindPath(ReadOnlySpan<AttributeName> path, Scope? scope)
    {
        var names = new AttributeNameNode[path.Length];
        for (var index = 0; index < names.Length; index++)
        {
            var name = path[index];
            names[index] = name.Symbol is { } symbol
                ? new AttributeNameNode(symbol)
                : new AttributeNameNode(
                    _evaluator,
                    name.Expression!,
                    Bind(name.Expression!, scope),
                    At(name.Expression!.Position)
                );
        }
        return names;
    }

    private Node BindSelect(SelectExpression select, Scope? scope)
    {
        var subject = Bind(select.Subject, scope);
        var path = BindPath(select.Path, scope);
        var position = At(select.Position);
        var fallback = select.Fallback is { } expression ? Bind(expression, scope) : null;
        return _evaluator.Debugging is { } debugging
            ? new DebugSelectNode(
                debugging,
                new(
                    position,
                    scope,
                    () =>
                        $"while evaluating the attribute '{ExpressionPrinter.Format(select.Path).AsSpan()}'"
                ),
                subject,
                value => Select(value, path, fallback, position)
            )
            : Select(subject, path, fallback, position);
    }

    private static Node Select(
        Node subject,
        AttributeNameNode[] path,
        Node? fallback,
        Position position
    )
    {
        if (fallback is not null)
            return new SelectOrNode(subject, path, fallback, position);
        return path is [{ Symbol: { } name }]
            ? new SelectNode(subject, name, position)
            : new SelectPathNode(subject, path, position);
    }

    private AssertNode BindAssert(AssertExpression assertion, Scope? scope)
    {
        var equality = assertion.Condition
            is BinaryExpression { Operator: BinaryOperator.Equal } equal
            ? new EqualityOperands(Bind(equal.Left, scope), Bind(equal.Right, scope))
            : null;
        return new AssertNode(
            Bind(assertion.Condition, scope),
            Bind(assertion.Body, scope),
            assertion.Condition,
            equality,
            At(assertion.Position)
        );
    }

    private Node BindBinary(BinaryExpression binary, Scope? scope)
    {
        var left = Bind(binary.Left, scope);
        var right = Bind(binary.Right, scope);
        var position = At(binary.Position);
        return binary.Operator switch
        {
            BinaryOperator.Equal => new EqualNode(left, right, isNegated: false, position),
            BinaryOperator.NotEqual => new EqualNode(left, right, isNegated: true, position),
            BinaryOperator.And => new AndNode(left, right, position),
            BinaryOperator.Or => new OrNode(left, right, position),
            BinaryOperator.Implies => new ImpliesNode(left, right, position),
            BinaryOperator.Update => new UpdateNode(
                left,
                At(binary.Left.Position),
                right,
                At(binary.Right.Position)
            ),
            _ => new ConcatenateListsNode(left, right, position),
        };
    }

    private Node BindConcatenation(ConcatenateStringsExpression concatenation, Scope? scope)
    {
        var parts = new ConcatenationPart[concatenation.Parts.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            var part = concatenation.Parts[index];
            parts[index] = new(Bind(part.Value, scope), At(part.Position));
        }
        var position = At(concatenation.Position);
        if (concatenation.IsForcedToString)
            return new InterpolationNode(_evaluator, parts);
        return parts.Length == 2
            ? new AddNode(_evaluator, parts, position)
            : new ConcatenateNode(_evaluator, parts, position);
    }
}
