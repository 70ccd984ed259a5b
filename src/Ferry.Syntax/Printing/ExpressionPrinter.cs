using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Printing;

/// <summary>Writes a tree in the form of <c>nix-instantiate --parse</c>: one line, every operator in parentheses.</summary>
/// <remarks>Nesting is limited by the stack of the calling thread: use one as large as for parsing.</remarks>
public sealed partial class ExpressionPrinter
{
    private readonly IBufferWriter<byte> _output;

    private ExpressionPrinter(IBufferWriter<byte> output) => _output = output;

    /// <exception cref="InsufficientExecutionStackException">The tree is nested too deeply for this thread.</exception>
    public static void Write(Expression expression, IBufferWriter<byte> output) =>
        new ExpressionPrinter(output).Write(expression);

    public static byte[] Format(Expression expression)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(expression, output);
        return output.WrittenSpan.ToArray();
    }

    /// <returns>An attribute path as messages show it: <c>a.b."${c}"</c>.</returns>
    public static byte[] Format(ReadOnlySpan<AttributeName> path)
    {
        var output = new ArrayBufferWriter<byte>();
        new ExpressionPrinter(output).WritePath(path);
        return output.WrittenSpan.ToArray();
    }

    private void Write(Expression expression)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (expression)
        {
            case IntegerExpression integer:
                Write(integer.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case FloatExpression number:
                Write(FloatText.Format(number.Value));
                break;
            case StringExpression text:
                LiteralText.WriteString(text.Value.Span, _output);
                break;
            case PathExpression path:
                _output.Write(path.Value.Span);
                break;
            case VariableExpression variable:
                Write(variable.Name);
                break;
            case CurrentPositionExpression:
                _output.Write("__curPos"u8);
                break;
            case CallExpression call:
                WriteCall(call);
                break;
            case LambdaExpression lambda:
                WriteLambda(lambda);
                break;
            case AttributeSetExpression attributes:
                _output.Write(attributes.IsRecursive ? "rec { "u8 : "{ "u8);
                WriteBindings(attributes);
                _output.Write("}"u8);
                break;
            case ListExpression list:
                WriteList(list);
                break;
            default:
                WriteOperation(expression);
                break;
        }
    }

    private void WriteOperation(Expression expression)
    {
        switch (expression)
        {
            case SelectExpression select:
                WriteSelect(select);
                break;
            case HasAttributeExpression hasAttribute:
                _output.Write("(("u8);
                Write(hasAttribute.Subject);
                _output.Write(") ? "u8);
                WritePath(hasAttribute.Path);
                _output.Write(")"u8);
                break;
            case ConcatenateStringsExpression concatenation:
                WriteConcatenation(concatenation);
                break;
            case BinaryExpression binary:
                _output.Write("("u8);
                Write(binary.Left);
                _output.Write(SignOf(binary.Operator));
                Write(binary.Right);
                _output.Write(")"u8);
                break;
            case NotExpression not:
                _output.Write("(! "u8);
                Write(not.Operand);
                _output.Write(")"u8);
                break;
            default:
                WriteControl(expression);
                break;
        }
    }

    private void WriteControl(Expression expression)
    {
        switch (expression)
        {
            case LetExpression let:
                _output.Write("(let "u8);
                WriteBindings(let.Bindings);
                _output.Write("in "u8);
                Write(let.Body);
                _output.Write(")"u8);
                break;
            case WithExpression with:
                _output.Write("(with "u8);
                Write(with.Attributes);
                _output.Write("; "u8);
                Write(with.Body);
                _output.Write(")"u8);
                break;
            case IfExpression branch:
                _output.Write("(if "u8);
                Write(branch.Condition);
                _output.Write(" then "u8);
                Write(branch.WhenTrue);
                _output.Write(" else "u8);
                Write(branch.WhenFalse);
                _output.Write(")"u8);
                break;
            case AssertExpression assert:
                // Without parentheses: stock forgets them.
                _output.Write("assert "u8);
                Write(assert.Condition);
                _output.Write("; "u8);
                Write(assert.Body);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void WriteCall(CallExpression call)
    {
        _output.Write("("u8);
        Write(call.Function);
        foreach (var argument in call.Arguments)
        {
            _output.Write(" "u8);
            Write(argument);
        }

        _output.Write(")"u8);
    }

    private void WriteList(ListExpression list)
    {
        _output.Write("[ "u8);
        foreach (var element in list.Elements)
        {
            _output.Write("("u8);
            Write(element);
            _output.Write(") "u8);
        }

        _output.Write("]"u8);
    }

    private void WriteSelect(SelectExpression select)
    {
        _output.Write("("u8);
        Write(select.Subject);
        _output.Write(")."u8);
        WritePath(select.Path);
        if (select.Fallback is null)
            return;

        _output.Write(" or ("u8);
        Write(select.Fallback);
        _output.Write(")"u8);
    }

    private void WriteConcatenation(ConcatenateStringsExpression concatenation)
    {
        _output.Write("("u8);
        var isFirst = true;
        foreach (var part in concatenation.Parts)
        {
            if (!isFirst)
                _output.Write(" + "u8);
            isFirst = false;
            Write(part.Value);
        }

        _output.Write(")"u8);
    }

    private void WritePath(ReadOnlySpan<AttributeName> path)
    {
        var isFirst = true;
        foreach (var name in path)
        {
            if (!isFirst)
                _output.Write("."u8);
            isFirst = false;
            if (name.Symbol is { } symbol)
                Write(symbol);
            else
                WriteDynamicName(name.Expression!);
        }
    }

    private void WriteDynamicName(Expression name)
    {
        _output.Write("\"${"u8);
        Write(name);
        _output.Write("}\""u8);
    }

    private void Write(Symbol name) => LiteralText.WriteIdentifier(name.Bytes, _output);

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _output);

    private static ReadOnlySpan<byte> SignOf(BinaryOperator binary) =>
        binary switch
        {
            BinaryOperator.Equal => " == "u8,
            BinaryOperator.NotEqual => " != "u8,
            BinaryOperator.And => " && "u8,
            BinaryOperator.Or => " || "u8,
            BinaryOperator.Implies => " -> "u8,
            BinaryOperator.Update => " // "u8,
            _ => " ++ "u8,
        };
}
