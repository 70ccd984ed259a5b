using System.Text;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli.Manual.Rendering;

/// <summary>A page as lines of a terminal.</summary>
/// <param name="columns">How wide lines may be.</param>
/// <param name="usesStyles">Headings and literals are bold, variables underlined; false: letters only.</param>
internal sealed class TerminalRenderer(int columns, bool usesStyles) : PageRenderer
{
    /// <summary>Longer lines are hard to read, however wide the terminal.</summary>
    public const int ColumnsMax = 100;

    private const int Indent = 4;
    private const int TermTextColumn = 36;
    private const int TextWidthMin = 20;
    private const string Underline = "\e[4m";

    private readonly StringBuilder _text = new();
    private Part _previous = Part.Heading;

    public override string ToString() => _text.ToString();

    protected override void Start(ManualPage page)
    {
        Heading("Name");
        Paragraph([TextRun.Literal(page.Title), TextRun.Plain($" - {page.Summary}")]);
    }

    protected override void Heading(string text)
    {
        Separate(Part.Heading);
        Append(new(text, TextStyle.Literal));
        _text.Append('\n');
    }

    protected override void SubHeading(string text)
    {
        Separate(Part.Heading);
        _text.Append(' ', Indent / 2);
        Append(new(text, TextStyle.Literal));
        _text.Append('\n');
    }

    protected override void Paragraph(IReadOnlyList<TextRun> runs)
    {
        Separate(Part.Paragraph);
        _text.Append(' ', Indent);
        Flow(runs, Indent, Indent);
    }

    protected override void Code(IReadOnlyList<string> lines)
    {
        Separate(Part.Paragraph);
        foreach (var line in lines)
        {
            if (line.Length > 0)
                _text.Append(' ', 2 * Indent).Append(line);
            _text.Append('\n');
        }
    }

    protected override void Bullet(IReadOnlyList<TextRun> runs)
    {
        Separate(Part.Bullet);
        _text.Append(' ', Indent).Append("- ");
        Flow(runs, Indent + 2, Indent + 2);
    }

    protected override void Term(IReadOnlyList<TextRun> term, string text)
    {
        Separate(Part.Term);
        _text.Append(' ', Indent);
        foreach (var run in term)
            Append(run);
        var column = Indent + term.Sum(run => run.Text.Length);
        if (column + 2 > TermTextColumn)
        {
            _text.Append('\n');
            column = 0;
        }

        _text.Append(' ', TermTextColumn - column);
        Flow([TextRun.Plain(text)], TermTextColumn, TermTextColumn);
    }

    // The words of a paragraph, on as many lines as they take. A literal with blanks may be broken like other text.
    private void Flow(IReadOnlyList<TextRun> runs, int column, int indent)
    {
        var width = Math.Max(columns, indent + TextWidthMin);
        var isFirst = true;
        foreach (var word in Words(runs))
        {
            var length = word.Sum(run => run.Text.Length);
            if (!isFirst && column + 1 + length > width)
            {
                _text.Append('\n').Append(' ', indent);
                column = indent;
            }
            else if (!isFirst)
            {
                _text.Append(' ');
                column++;
            }

            foreach (var run in word)
                Append(run);
            column += length;
            isFirst = false;
        }

        _text.Append('\n');
    }

    // A word may have several styles: a literal with a comma after it.
    private static IEnumerable<List<TextRun>> Words(IReadOnlyList<TextRun> runs)
    {
        var word = new List<TextRun>();
        foreach (var run in runs)
        {
            var parts = run.Text.Split(' ');
            for (var index = 0; index < parts.Length; index++)
            {
                if (index > 0 && word.Count > 0)
                {
                    yield return word;
                    word = [];
                }

                if (parts[index].Length > 0)
                    word.Add(run with { Text = parts[index] });
            }
        }

        if (word.Count > 0)
            yield return word;
    }

    private void Append(TextRun run)
    {
        if (!usesStyles || run.Style == TextStyle.Plain)
        {
            _text.Append(run.Text);
            return;
        }

        _text
            .Append(run.Style == TextStyle.Literal ? TerminalColor.Bold : Underline)
            .Append(run.Text)
            .Append(TerminalColor.Normal);
    }

    private void Separate(Part part)
    {
        var continues = part == _previous && part is (Part.Bullet or Part.Term);
        if (_text.Length > 0 && (part == Part.Heading || !(continues || _previous == Part.Heading)))
            _text.Append('\n');
        _previous = part;
    }

    // What stands right under its heading or is one of a list has no empty line before it.
    private enum Part
    {
        Heading,
        Paragraph,
        Bullet,
        Term,
    }
}
