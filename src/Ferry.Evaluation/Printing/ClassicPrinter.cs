using System.Buffers;
using System.Text;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Formats;

namespace Ferry.Evaluation.Printing;

/// <summary>Shows values as <c>nix-instantiate --eval</c> does: on one line, functions as <c>&lt;LAMBDA></c>.</summary>
/// <remarks>Source: stock's <c>printAmbiguous</c>. Owner: one call of <see cref="Print"/>; nothing is forced.</remarks>
public sealed class ClassicPrinter
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly HashSet<ulong> _seen = [];

    private ClassicPrinter() { }

    public static ByteString Print(Value value)
    {
        var printer = new ClassicPrinter();
        printer.PrintValue(value.Force(), identity: 0);
        return new(printer._output.WrittenSpan);
    }

    private void PrintInside(Value value, ulong identity)
    {
        var stack = CallStack.Enter(Position.None);
        switch (value.Peek(out var seen))
        {
            case SlotState.Forced:
                PrintValue(seen, identity);
                break;
            case SlotState.Claimed:
                Write("«potential infinite recursion»");
                break;
            default:
                Write("<CODE>");
                break;
        }
        stack.Leave();
    }

    private void PrintValue(Value value, ulong identity)
    {
        switch (value.Kind)
        {
            case ValueKind.Integer:
                Write($"{value.AsInteger}");
                break;
            case ValueKind.Float:
                Write(FloatText.General(value.AsFloat));
                break;
            case ValueKind.Boolean:
                Write(value.AsBoolean ? "true" : "false");
                break;
            case ValueKind.Null:
                Write("null");
                break;
            case ValueKind.String:
                LiteralText.WriteString(_output, value.AsString.Bytes);
                break;
            case ValueKind.Path:
                _output.Write(PathText.Show(value.AsPath.Bytes).Span);
                break;
            case ValueKind.List:
                PrintList(value.AsList, identity);
                break;
            case ValueKind.AttributeSet:
                PrintSet(value);
                break;
            default:
                PrintFunction(value);
                break;
        }
    }

    // Two variables that are the same list show it once; two computations of one list show it twice.
    private void PrintList(ListValue list, ulong identity)
    {
        if (list.Length > 0 && !_seen.Add(identity))
        {
            Write("«repeated»");
            return;
        }
        Write("[ ");
        for (var index = 0; index < list.Length; index++)
        {
            PrintInside(list[index], list.Identity(index));
            Write(" ");
        }
        Write("]");
    }

    private void PrintSet(Value value)
    {
        var set = value.AsAttributeSet;
        if (set.Count > 0 && !_seen.Add(value.Word))
        {
            Write("«repeated»");
            return;
        }
        Write("{ ");
        foreach (var index in set.NameOrder())
        {
            LiteralText.WriteAttributeName(_output, set.SymbolAt(index).Bytes);
            Write(" = ");
            PrintInside(set[index], set.Identity(index));
            Write("; ");
        }
        Write("}");
    }

    private void PrintFunction(Value value)
    {
        if (value.IsLambda)
            Write("<LAMBDA>");
        else
            Write(value.IsBuiltin ? "<PRIMOP>" : "<PRIMOP-APP>");
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _output);
}
