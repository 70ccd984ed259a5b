using Markdig;
using Markdig.Syntax;

namespace Ferry.Cli.Manual.Rendering;

/// <summary>Walks a page in the order of the manual; what each part looks like is for the derived class to say.</summary>
/// <remarks>
/// Pages use headings of the second and third level, paragraphs, lists with bullets and fenced code. Anything else is an error
/// in the page, and not passed over.
/// </remarks>
internal abstract class PageRenderer
{
    private const string SeeAlso = "See also";

    /// <exception cref="NotSupportedException">The page has a block that no page may have.</exception>
    public void Render(ManualPage page)
    {
        Start(page);
        if (page.Synopsis is { } synopsis)
        {
            Heading("Synopsis");
            Paragraph(SynopsisRuns(page.Title, synopsis));
        }

        var blocks = Markdown.Parse(page.Text).SkipWhile(IsTitle).ToList();
        var last = blocks.FindIndex(block =>
            block is HeadingBlock heading
            && MarkdownRuns.Of(heading) is [var only]
            && only.Text == SeeAlso
        );
        Heading("Description");
        Blocks(last < 0 ? blocks : blocks[..last]);
        foreach (var list in page.Lists)
            Terms(list);
        if (last >= 0)
            Blocks(blocks[last..]);
    }

    protected abstract void Start(ManualPage page);

    protected abstract void Heading(string text);

    protected abstract void SubHeading(string text);

    protected abstract void Paragraph(IReadOnlyList<TextRun> runs);

    protected abstract void Code(IReadOnlyList<string> lines);

    protected abstract void Bullet(IReadOnlyList<TextRun> runs);

    protected abstract void Term(IReadOnlyList<TextRun> term, string text);

    private static bool IsTitle(Block block) => block is HeadingBlock { Level: 1 };

    private void Blocks(IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
        {
            switch (block)
            {
                case HeadingBlock { Level: 2 } heading:
                    Heading(Text(heading));
                    break;
                case HeadingBlock heading:
                    SubHeading(Text(heading));
                    break;
                case ParagraphBlock paragraph:
                    Paragraph(MarkdownRuns.Of(paragraph));
                    break;
                case CodeBlock code:
                    Code([.. code.Lines.Lines.Take(code.Lines.Count).Select(Line)]);
                    break;
                case ListBlock list:
                    List(list);
                    break;
                default:
                    throw new NotSupportedException(
                        $"a page of the manual has a {block.GetType().Name} in line {block.Line + 1}"
                    );
            }
        }
    }

    private static string Line(Markdig.Helpers.StringLine line) => line.Slice.ToString();

    private static string Text(HeadingBlock heading) =>
        string.Concat(MarkdownRuns.Of(heading).Select(run => run.Text));

    private void List(ListBlock list)
    {
        foreach (var item in list.OfType<ListItemBlock>())
        {
            if (item is not [ParagraphBlock paragraph])
                throw new NotSupportedException(
                    $"an item of a list is more than a paragraph in line {item.Line + 1}"
                );
            Bullet(MarkdownRuns.Of(paragraph));
        }
    }

    /// <summary>A list by itself.</summary>
    public void Terms(TermList list)
    {
        if (list.Entries.Count == 0 && list.Note.Length == 0)
            return;
        Heading(list.Title);
        if (list.Note.Length > 0)
            Blocks(Markdown.Parse(list.Note));
        foreach (var entry in list.Entries)
            Term(TermRuns(entry), entry.Text);
    }

    private static IReadOnlyList<TextRun> SynopsisRuns(string title, string synopsis) =>
        [TextRun.Literal(title), TextRun.Plain(synopsis.Length > 0 ? " " + synopsis : "")];

    private static IReadOnlyList<TextRun> TermRuns(TermEntry entry)
    {
        var runs = new List<TextRun>();
        foreach (var name in entry.Names.OrderBy(name => name.Length))
        {
            if (runs.Count > 0)
                runs.Add(TextRun.Plain(", "));
            runs.Add(TextRun.Literal(name));
        }

        foreach (var parameter in entry.Parameters)
        {
            runs.Add(TextRun.Plain(" "));
            runs.Add(TextRun.Variable(parameter));
        }

        return runs;
    }
}
