using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Ferry.Cli.Manual.Rendering;

/// <summary>The text of a paragraph or heading, as runs. Line breaks of the source are blanks.</summary>
internal static class MarkdownRuns
{
    public static IReadOnlyList<TextRun> Of(LeafBlock block)
    {
        var runs = new List<TextRun>();
        if (block.Inline is { } inlines)
            Add(runs, inlines, TextStyle.Plain);
        return runs;
    }

    private static void Add(List<TextRun> runs, ContainerInline inlines, TextStyle style)
    {
        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    runs.Add(new(literal.Content.ToString(), style));
                    break;
                case CodeInline code:
                    runs.Add(TextRun.Literal(code.Content));
                    break;
                case LineBreakInline:
                    runs.Add(new(" ", style));
                    break;
                case HtmlEntityInline entity:
                    runs.Add(new(entity.Transcoded.ToString(), style));
                    break;
                case EmphasisInline { DelimiterCount: 1 } emphasis:
                    Add(runs, emphasis, TextStyle.Variable);
                    break;
                case EmphasisInline strong:
                    Add(runs, strong, TextStyle.Literal);
                    break;
                // Of a link its text: where it leads is a file beside the source.
                case ContainerInline container:
                    Add(runs, container, style);
                    break;
                case AutolinkInline link:
                    runs.Add(TextRun.Literal(link.Url));
                    break;
                case HtmlInline html:
                    // "<nixpkgs>" without backticks; pages have no HTML.
                    runs.Add(TextRun.Literal(html.Tag));
                    break;
            }
        }
    }
}
