using System.Buffers;
using System.Text;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Evaluation.Printing;

/// <summary>Shows values as stock's <c>nix eval</c>, the REPL and messages do.</summary>
/// <remarks>Owner: one call of <see cref="Print(Evaluator, Value, PrintOptions)"/>. Follows data of any depth up to the call depth limit.</remarks>
public sealed class ValuePrinter
{
    private readonly Evaluator? _evaluator;
    private readonly PrintOptions _options;
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly HashSet<ulong> _seen = [];
    private int _attributesPrinted;
    private int _listItemsPrinted;
    private int _indent;

    private ValuePrinter(Evaluator? evaluator, PrintOptions options) =>
        (_evaluator, _options) = (evaluator, options);

    public static ByteString Print(Evaluator evaluator, Value value, PrintOptions options)
    {
        var printer = new ValuePrinter(evaluator, options);
        printer.Print(value, 0, identity: 0);
        return new(printer._output.WrittenSpan);
    }

    internal static ByteString ForError(Value value)
    {
        var printer = new ValuePrinter(null, PrintOptions.ForErrors);
        printer.Print(value, 0, identity: 0);
        return new(printer._output.WrittenSpan);
    }

    private bool IsPretty => _options.Indent > 0;

    private void Print(Value value, int depth, ulong identity)
    {
        var mark = Trail.Mark();
        try
        {
            var stack = CallStack.Enter(Position.None);
            PrintForced(_options.Forces ? value.Force() : value, depth, identity);
            stack.Leave();
        }
        catch (EvaluationException failure)
            when (failure.Kind
                    is not (
                        EvaluationErrorKind.StackOverflow
                        or EvaluationErrorKind.OutOfMemory
                        or EvaluationErrorKind.Interrupted
                        or EvaluationErrorKind.NeedsOneThread
                    )
                && (
                    _options.Failures == PrintFailures.Print
                    || (_options.Failures == PrintFailures.ThrowAtTop && depth > 0)
                )
            )
        {
            Trail.Unwind(mark, failure);
            Write(TerminalColor.Red, $"«error: {failure.Message}»");
        }
    }

    private void PrintForced(Value value, int depth, ulong identity)
    {
        var state = value.Peek(out var seen);
        if (depth == 0 && value.IsForced)
            (state, seen) = (SlotState.Forced, value);
        if (state == SlotState.Claimed)
            Write(TerminalColor.Red, "«potential infinite recursion»");
        else if (state == SlotState.Suspended && !(_options.Forces && seen.IsLambda))
            Write(TerminalColor.Magenta, "«thunk»");
        else
            PrintValue(seen, depth, identity);
    }

    private void PrintValue(Value value, int depth, ulong identity)
    {
        switch (value.Kind)
        {
            case ValueKind.Integer:
                Write(TerminalColor.Cyan, $"{value.AsInteger}");
                break;
            case ValueKind.Float:
                Write(TerminalColor.Cyan, FloatText.General(value.AsFloat));
                break;
            case ValueKind.Boolean:
                Write(TerminalColor.Cyan, value.AsBoolean ? "true" : "false");
                break;
            case ValueKind.Null:
                Write(TerminalColor.Cyan, "null");
                break;
            case ValueKind.String:
                PrintString(value.AsString.Bytes);
                break;
            case ValueKind.Path:
                Color(TerminalColor.Green);
                _output.Write(PathText.Show(value.AsPath.Bytes).Span);
                Color(TerminalColor.Normal);
                break;
            case ValueKind.List:
                PrintList(value.AsList, depth, identity);
                break;
            case ValueKind.AttributeSet:
                PrintSet(value, depth);
                break;
            default:
                Write(TerminalColor.Blue, DescribeFunction(value));
                break;
        }
    }

    private void PrintString(ReadOnlySpan<byte> text)
    {
        Color(TerminalColor.Magenta);
        _output.Write("\""u8);
        for (var index = 0; index < text.Length; index++)
        {
            if (index >= _options.StringLengthMax)
            {
                _output.Write("\" "u8);
                PrintElided(text.Length - index, "byte", "bytes");
                return;
            }
            LiteralText.WriteEscaped(_output, text, index);
        }
        _output.Write("\""u8);
        Color(TerminalColor.Normal);
    }

    private void PrintSet(Value value, int depth)
    {
        if (_options.TracksRepeated && !_seen.Add(value.Word))
        {
            Write(TerminalColor.Magenta, "«repeated»");
            return;
        }
        var set = value.AsAttributeSet;
        if (
            _options is { Forces: true, ShowsDerivationPaths: true }
            && Derivations.IsDerivation(set)
        )
        {
            PrintDerivation(set);
            return;
        }
        if (depth >= _options.DepthMax)
        {
            Write("{ ... }");
            return;
        }

        Write("{");
        _indent += _options.Indent;
        var order = Order(set);
        var isPretty =
            IsPretty && order.Length > 0 && (order.Length > 1 || IsNested(set[order[0]]));
        for (var index = 0; index < order.Length; index++)
        {
            Space(isPretty);
            if (_attributesPrinted >= _options.AttributesMax)
            {
                PrintElided(order.Length - index, "attribute", "attributes");
                break;
            }
            LiteralText.WriteAttributeName(_output, set.SymbolAt(order[index]).Bytes);
            Write(" = ");
            Print(set[order[index]], depth + 1, set.Identity(order[index]));
            Write(";");
            _attributesPrinted++;
        }
        _indent -= _options.Indent;
        Space(isPretty);
        Write("}");
    }

    // A list is known by the slot it lies in, as in stock; a set by itself.
    private void PrintList(ListValue list, int depth, ulong identity)
    {
        if (_options.TracksRepeated && list.Length > 0 && !_seen.Add(identity))
        {
            Write(TerminalColor.Magenta, "«repeated»");
            return;
        }
        if (depth >= _options.DepthMax)
        {
            Write("[ ... ]");
            return;
        }

        Write("[");
        _indent += _options.Indent;
        var isPretty = IsPretty && list.Length > 0 && (list.Length > 1 || IsNested(list[0]));
        for (var index = 0; index < list.Length; index++)
        {
            Space(isPretty);
            if (_listItemsPrinted >= _options.ListItemsMax)
            {
                PrintElided(list.Length - index, "item", "items");
                break;
            }
            Print(list[index], depth + 1, list.Identity(index));
            _listItemsPrinted++;
        }
        _indent -= _options.Indent;
        Space(isPretty);
        Write("]");
    }

    private void PrintDerivation(AttributeSet set)
    {
        var text = "«derivation";
        if (set.TryGet(KnownNames.DrvPath, out var path) && _evaluator is { } evaluator)
        {
            var context = StringContext.Empty;
            var store = evaluator.Coercer.ToStorePath(
                path,
                set.PositionAt(set.Find(KnownNames.DrvPath)),
                ref context,
                "while evaluating the drvPath of a derivation"
            );
            text += $" {evaluator.Store.Directory.Format(store)}";
        }
        Write(TerminalColor.Green, text + "»");
    }

    /// <summary><c>«lambda name @ place»</c> and the like.</summary>
    public static string DescribeFunction(Value function)
    {
        if (!function.IsLambda)
        {
            var name = function.BoundBuiltin.Builtin.Name;
            return function.IsBuiltin ? $"«primop {name}»" : $"«partially applied primop {name}»";
        }
        var information = function.LambdaNode.Information;
        var text = new StringBuilder("«lambda");
        if (information.Name is { } known)
            text.Append(' ').Append(known);
        return text.Append(" @ ").Append(information.Position).Append('»').ToString();
    }

    private ReadOnlySpan<int> Order(AttributeSet set)
    {
        var order = set.NameOrder();
        if (_options.AttributesMax == int.MaxValue)
            return order;

        // Where only some are shown, what a set is comes first.
        var result = new List<int>(order.Length);
        foreach (var isImportant in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var index in order)
            {
                if (set.SymbolAt(index).ToString() is "type" or "_type" == isImportant)
                    result.Add(index);
            }
        }
        return result.ToArray();
    }

    private static bool IsNested(Value value) =>
        value.Force().Kind is ValueKind.List or ValueKind.AttributeSet;

    private void PrintElided(int count, string single, string plural)
    {
        Color(TerminalColor.Faint);
        Write(count == 1 ? $"«1 {single} elided»" : $"«{count} {plural} elided»");
        Color(TerminalColor.Normal);
    }

    private void Space(bool isPretty)
    {
        if (isPretty)
            Write("\n" + new string(' ', _indent));
        else
            Write(" ");
    }

    private void Color(string sequence)
    {
        if (_options.UsesColors)
            Write(sequence);
    }

    private void Write(string color, string text)
    {
        Color(color);
        Write(text);
        Color(TerminalColor.Normal);
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _output);
}
