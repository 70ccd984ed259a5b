using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Verbs;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Printing;

namespace Ferry.Cli.Repl;

/// <summary>What a session shows of programs themselves: documentation, and files in an editor.</summary>
internal sealed class ReplTexts
{
    private const string RawMarkdownVariable = "_NIX_TEST_RAW_MARKDOWN";

    private readonly Session _session;
    private readonly EvaluationSite _site;
    private readonly ReplLines _lines;
    private readonly ReplLoading _loading;

    public ReplTexts(Session session, EvaluationSite site, ReplLines lines, ReplLoading loading)
    {
        (_session, _site, _lines, _loading) = (session, site, lines, loading);
        Commands =
        [
            new([":doc"], "<expr>", "Show what is written about a function", ShowDocumentation),
            new([":e", ":edit"], "<expr>", "Open a package or function in $EDITOR", Edit),
        ];
    }

    public IReadOnlyList<ReplCommand> Commands { get; }

    private void ShowDocumentation(string text)
    {
        var position = Position.None;
        var name = "";
        if (
            _lines.EvaluateBeforeLastName(text) is { } last
            && last.Set.Force() is { IsAttributeSet: true } set
            && set.AsAttributeSet.Find(last.Name) is >= 0 and var index
        )
            (position, name) = (set.AsAttributeSet.PositionAt(index), last.Name.ToString());

        var markdown =
            DocumentationText.OfValue(_lines.Evaluate(text))
            ?? (position.IsKnown ? DocumentationText.OfAttribute(name, position) : null)
            ?? throw new CommandException("value does not have documentation");
        if (_session.Options.Environment.Variable(RawMarkdownVariable) != "1")
            markdown = markdown.Replace("\\\n", "\n");
        _session.Output.WriteLine(markdown.Trim(' ', '\n', '\t', '\r'));
    }

    private void Edit(string text)
    {
        var place = EditorPlace.Of(_site, _lines.Evaluate(text), text);
        _session.EndProgress();
        _session.Output.Flush();
        place.Open(_session);
        _loading.Reload();
    }
}
