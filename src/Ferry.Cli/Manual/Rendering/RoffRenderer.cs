using System.Text;

namespace Ferry.Cli.Manual.Rendering;

/// <summary>A page for <c>man</c>, in the macros of <c>man(7)</c>.</summary>
/// <param name="source">What the pages belong to, with its version.</param>
/// <param name="findPage">From what follows <c>ferry help</c> to a man page and its section; null: there is none.</param>
internal sealed class RoffRenderer(
    string source,
    Func<string, (string Name, int Section)?> findPage
) : PageRenderer
{
    private const string Collection = "Ferry Manual";
    private const string HelpCommand = "ferry help ";

    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    protected override void Start(ManualPage page)
    {
        // No date: the same program writes the same pages at any time.
        _text.Append(
            $".TH {RoffText.Argument(page.ManName.ToUpperInvariant())} {RoffText.Argument($"{page.Section}")} \"\" "
                + $"{RoffText.Argument(source)} {RoffText.Argument(Collection)}\n"
        );
        Heading("Name");
        // Programs such as apropos read this line: the page's own name, then what it is.
        _text.Append($@"{RoffText.Line(page.ManName)} \- {RoffText.Inside(page.Summary)}");
        _text.Append('\n');
    }

    protected override void Heading(string text) =>
        _text.Append($".SH {RoffText.Argument(text.ToUpperInvariant())}\n");

    protected override void SubHeading(string text) =>
        _text.Append($".SS {RoffText.Argument(text)}\n");

    protected override void Paragraph(IReadOnlyList<TextRun> runs)
    {
        _text.Append(".PP\n");
        Line(runs);
    }

    protected override void Code(IReadOnlyList<string> lines)
    {
        _text.Append(".PP\n.RS 4\n.EX\n");
        foreach (var line in lines)
            _text.Append(RoffText.Line(line)).Append('\n');
        _text.Append(".EE\n.RE\n");
    }

    protected override void Bullet(IReadOnlyList<TextRun> runs)
    {
        _text.Append(".IP \\(bu 2\n");
        Line(runs);
    }

    protected override void Term(IReadOnlyList<TextRun> term, string text)
    {
        _text.Append(".TP\n");
        Line(term);
        _text.Append(RoffText.Line(text)).Append('\n');
    }

    private void Line(IReadOnlyList<TextRun> runs)
    {
        var isStart = true;
        foreach (var run in runs)
        {
            _text.Append(
                run.Style switch
                {
                    TextStyle.Literal => Reference(run.Text) ?? Styled('B', run.Text),
                    TextStyle.Variable => Styled('I', run.Text),
                    _ when isStart => RoffText.Line(run.Text.TrimStart(' ')),
                    _ => RoffText.Inside(run.Text),
                }
            );
            isStart = false;
        }

        _text.Append('\n');
    }

    // After a change of font nothing is at the start of a line for roff.
    private static string Styled(char font, string text) => $@"\f{font}{RoffText.Inside(text)}\fR";

    // Who reads a man page asks man for the next one.
    private string? Reference(string text) =>
        text.StartsWith(HelpCommand, StringComparison.Ordinal)
        && findPage(text[HelpCommand.Length..]) is { } page
            ? $"{Styled('B', page.Name)}({page.Section})"
            : null;
}
