using System.Buffers;
using System.Globalization;
using System.Text;
using Ferry.Syntax.Text;

namespace Ferry.Syntax.Diagnostics;

/// <summary>How much of a diagnostic is shown, and where.</summary>
public sealed record DiagnosticStyle
{
    /// <summary>True prints every frame of the trace instead of the outermost few.</summary>
    public bool ShowsTrace { get; init; }

    /// <summary>True for a terminal. Otherwise colours, tabs and control characters are filtered as stock does.</summary>
    public bool HasColors { get; init; }
}

/// <summary>Lays a diagnostic out as stock does: traces, message, place, excerpt with a marker, suggestions.</summary>
/// <remarks>Source: stock's <c>showErrorInfo</c> and <c>filterANSIEscapes</c>.</remarks>
public static class DiagnosticRenderer
{
    /// <returns>The text without a line end.</returns>
    public static byte[] Render(Diagnostic diagnostic, DiagnosticStyle style)
    {
        var layout = new DiagnosticLayout(style);
        var text = layout.Compose(diagnostic);
        return style.HasColors ? text : TerminalText.Filter(text);
    }

    /// <returns>A line of a trace by itself: what is done, where, and the lines around that; with colours and a line end.</returns>
    public static byte[] RenderPoint(ReadOnlySpan<byte> hint, SourceLocation? location) =>
        new DiagnosticLayout(new DiagnosticStyle { HasColors = true }).ComposePoint(hint, location);

    /// <returns>The text for a message that is to be read as a string; bytes that are no UTF-8 are replaced.</returns>
    public static string RenderToString(Diagnostic diagnostic, DiagnosticStyle style) =>
        Encoding.UTF8.GetString(Render(diagnostic, style));
}

/// <summary>One rendering in progress.</summary>
internal sealed class DiagnosticLayout(DiagnosticStyle style)
{
    // A frame counts once, and once more when it shows a place. Past this number the rest is cut.
    private const int FrameWeightMax = 3;

    // Fewer repeated frames than this are printed, not counted.
    private const int RepeatedFramesMax = 5;

    private readonly ArrayBufferWriter<byte> _output = new();
    private int _frameWeight;

    public byte[] Compose(Diagnostic diagnostic)
    {
        var prefix = PrefixOf(diagnostic.Level);
        if (diagnostic.Traces.Count > 0)
        {
            WriteTraces(diagnostic.Traces);
            Write("\n" + prefix);
        }

        _output.Write(diagnostic.Message.Span);
        Write("\n");
        WriteLocation(diagnostic.Location, "");
        if (diagnostic.Suggestions.Count > 0)
            Write($"Did you mean {NearNames.Join(diagnostic.Suggestions)}?\n");

        // Stock prints warnings that belong to no place line by line, as they are.
        var isIndented = diagnostic is not { Level: DiagnosticLevel.Warning, Location: null };
        return isIndented
            ? Indent(prefix, _output.WrittenSpan)
            : [.. Encoding.UTF8.GetBytes(prefix), .. TrimEnd(_output.WrittenSpan)];
    }

    public byte[] ComposePoint(ReadOnlySpan<byte> hint, SourceLocation? location)
    {
        _output.Write(hint);
        Write("\n");
        if (location is { Position.IsKnown: true })
        {
            Write(location.ToString());
            Write("\n");
            WriteExcerpt(location);
            Write("\n");
        }

        return _output.WrittenSpan.ToArray();
    }

    private static string PrefixOf(DiagnosticLevel level) =>
        level switch
        {
            DiagnosticLevel.Error => TerminalColor.Red + "error",
            DiagnosticLevel.Note => TerminalColor.Red + "note",
            DiagnosticLevel.EvaluationWarning => TerminalColor.Warning + "evaluation warning",
            _ => TerminalColor.Warning + "warning",
        } + $":{TerminalColor.Normal} ";

    private void WriteTraces(IReadOnlyList<DiagnosticTrace> traces)
    {
        var seen = new HashSet<(string Text, SourceLocation? Location)>();
        List<DiagnosticTrace> repeated = [];
        var isCut = false;
        foreach (var trace in traces)
        {
            if (trace.Text.IsEmpty)
                continue;

            isCut |= !style.ShowsTrace && _frameWeight > FrameWeightMax;
            if (isCut && !trace.IsAlwaysShown)
                continue;

            // Latin-1 gives every byte a character of its own, so that equal keys mean equal bytes.
            if (!seen.Add((Encoding.Latin1.GetString(trace.Text.Span), trace.Location)))
            {
                repeated.Add(trace);
                continue;
            }

            WriteRepeated(repeated);
            _frameWeight++;
            WriteTrace(trace);
        }

        WriteRepeated(repeated);
        if (isCut)
        {
            Write(
                $"\n{TerminalColor.Warning}(stack trace truncated; use '--show-trace' to show the full, "
                    + $"detailed trace){TerminalColor.Normal}\n"
            );
        }
    }

    private void WriteRepeated(List<DiagnosticTrace> repeated)
    {
        if (repeated.Count > RepeatedFramesMax)
        {
            var text = $"({repeated.Count} duplicate frames omitted)";
            Write($"\n{TerminalColor.Warning}{text}{TerminalColor.Normal}\n");
        }
        else
        {
            foreach (var trace in repeated)
                WriteTrace(trace);
        }

        repeated.Clear();
    }

    private void WriteTrace(DiagnosticTrace trace)
    {
        Write("\n… ");
        _output.Write(trace.Text.Span);
        Write("\n");
        if (WriteLocation(trace.Location, "  "))
            _frameWeight++;
    }

    /// <returns>False when there is no place to show.</returns>
    private bool WriteLocation(SourceLocation? location, string indentation)
    {
        if (location is not { Position.IsKnown: true })
            return false;

        var (blue, warning) = (TerminalColor.Blue, TerminalColor.Warning);
        Write($"{indentation}{blue}at {warning}{location}{TerminalColor.Normal}:");
        WriteExcerpt(location);
        Write("\n");
        return true;
    }

    private void WriteExcerpt(SourceLocation location)
    {
        // A text without a byte has no line to show.
        if (location.Source.Bytes.IsEmpty)
            return;

        var lines = location.Source.Lines;
        var (line, column) = location.Source.Locate(location.Position);
        if (line > 1)
            WriteLine(lines, line - 1);
        WriteLine(lines, line);
        var marker = new string(' ', column) + TerminalColor.Red + "^" + TerminalColor.Normal;
        Write($"\n      |{marker}");
        if (line < lines.LineCount)
            WriteLine(lines, line + 1);
    }

    private void WriteLine(LineMap lines, int line)
    {
        Write(string.Create(CultureInfo.InvariantCulture, $"\n {line, 5}| "));
        _output.Write(lines.GetLine(line).Span);
    }

    // Lines after the first are set in by the visible width of the prefix.
    private static byte[] Indent(string prefix, ReadOnlySpan<byte> text)
    {
        var visible = TerminalColor.Strip(Encoding.UTF8.GetBytes(prefix)).Length;
        var rest = new string(' ', visible);
        var result = new MemoryStream();
        text = TrimEnd(text);
        var start = prefix;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            byte[] shown = [.. Encoding.UTF8.GetBytes(start), .. line];
            if (!ReferenceEquals(start, prefix))
                result.WriteByte((byte)'\n');
            result.Write(TrimEnd(shown));
            text = end < 0 ? [] : text[(end + 1)..];
            start = rest;
        }

        return result.ToArray();
    }

    private static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text) => text.TrimEnd(" \n\r\t"u8);

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _output);
}
