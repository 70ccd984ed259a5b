using System.Buffers;
using System.Text;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Formats;

namespace Ferry.Evaluation.Printing;

/// <summary>Shows values as <c>nix-instantiate --eval</c> does: on one line, and only what is computed already.</summary>
/// <remarks>Source: stock's <c>printAmbiguous</c>. Owner: one call of <see cref="Print"/>.</remarks>
public sealed class ClassicValuePrinter
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly HashSet<ulong> _seen = [];

    private ClassicValuePrinter() { }

    /// <param name="value">Forced; what is inside it need not be.</param>
    public static ByteString Print(Value value)
    {
        var printer = new ClassicValuePrinter();
        printer.PrintValue(value.Force());
        return new(printer._output.WrittenSpan);
    }

    private void PrintInner(Value value)
    {
        var stack = CallStack.Enter(Position.None);
        switch (value.Peek(out var seen))
        {
            case SlotState.Claimed:
                Write("«potential infinite recursion»"u8);
                break;
            case SlotState.Suspended:
                Write("<CODE>"u8);
                break;
            default:
                PrintValue(seen);
                break;
        }

        stack.Leave();
    }

    private void PrintValue(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Integer:
                Write(Encoding.ASCII.GetBytes($"{value.AsInteger}"));
                break;
            case ValueKind.Float:
                Write(Encoding.ASCII.GetBytes(FloatText.General(value.AsFloat)));
                break;
            case ValueKind.Boolean:
                Write(value.AsBoolean ? "true"u8 : "false"u8);
                break;
            case ValueKind.Null:
                Write("null"u8);
                break;
            case ValueKind.String:
                LiteralText.WriteString(_output, value.AsString.Bytes);
                break;
            case ValueKind.Path:
                Write(value.AsPath.Bytes);
                break;
            case ValueKind.List:
                PrintList(value);
                break;
            case ValueKind.AttributeSet:
                PrintSet(value);
                break;
            default:
                Write(
                    value.IsLambda ? "<LAMBDA>"u8
                    : value.IsPartialApplication ? "<PRIMOP-APP>"u8
                    : "<PRIMOP>"u8
                );
                break;
        }
    }

    private void PrintList(Value value)
    {
        var list = value.AsList;
        if (list.Length > 0 && !_seen.Add(value.Word))
        {
            Write("«repeated»"u8);
            return;
        }

        Write("[ "u8);
        for (var index = 0; index < list.Length; index++)
        {
            PrintInner(list[index]);
            Write(" "u8);
        }

        Write("]"u8);
    }

    private void PrintSet(Value value)
    {
        var set = value.AsAttributeSet;
        if (set.Count > 0 && !_seen.Add(value.Word))
        {
            Write("«repeated»"u8);
            return;
        }

        Write("{ "u8);
        foreach (var index in set.NameOrder())
        {
            LiteralText.WriteAttributeName(_output, set.SymbolAt(index).Bytes);
            Write(" = "u8);
            PrintInner(set[index]);
            Write("; "u8);
        }

        Write("}"u8);
    }

    private void Write(ReadOnlySpan<byte> text) => _output.Write(text);
}
