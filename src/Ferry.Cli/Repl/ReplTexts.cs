using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Verbs;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;
using Ferry.Platform.Processes;
using Ferry.Syntax.Text;

namespace Ferry.Cli.Repl;

/// <summary>What a session shows of programs themselves: documentation, and files in an editor.</summary>
internal sealed class ReplTexts
{
    private const string RawMarkdownVariable = "_NIX_TEST_RAW_MARKDOWN";

    // Editors that take "+LINE" before a file.
    private static readonly string[] s_lineEditors = ["emacs", "nano", "vim", "kak"];

    private static readonly Symbol s_meta = Symbols.Of("meta");
    private static readonly Symbol s_position = Symbols.Of("position");

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
        var (file, line) = Place(_lines.Evaluate(text), text);
        var editor = (_session.Options.Environment.Variable("EDITOR") ?? "cat").Split(
            ' ',
            StringSplitOptions.RemoveEmptyEntries
        );
        var takesLine =
            line > 0
            && s_lineEditors.Any(name => editor[0].Contains(name, StringComparison.Ordinal));
        _session.EndProgress();
        _session.Output.Flush();
        using (
            var child = ChildProcess.Start(
                new ProcessSpecification
                {
                    Program = editor[0],
                    Arguments = [.. editor[1..], .. takesLine ? [$"+{line}"] : (string[])[], file],
                    Environment = _session.Options.Environment.Variables,
                    Group = ProcessGroupKind.Callers,
                }
            )
        )
            child.Wait();
        _loading.Reload();
    }

    private (string File, int Line) Place(Value value, string text)
    {
        if (value.IsPath || value.IsString)
        {
            var context = StringContext.Empty;
            var file = _site.Evaluator.Coercer.ToPath(
                value,
                Position.None,
                ref context,
                "while evaluating the filename to edit"
            );
            return (file, 0);
        }

        if (Evaluator.PositionOf(value) is { IsKnown: true } position)
            return position.FilePath is { } path && position.Location is { } location
                ? (path, location.Source.Locate(location.Position).Line)
                : throw new CommandException($"'{position}' cannot be shown in an editor");

        // "FILE:LINE", as package sets write it.
        if (
            value.IsAttributeSet
            && PackageReader.Find(value.AsAttributeSet, s_meta)?.Force()
                is { IsAttributeSet: true } meta
            && PackageReader.Find(meta.AsAttributeSet, s_position)?.Force()
                is { IsString: true } written
            && written.AsString.ToString() is var place
            && place.LastIndexOf(':') is > 0 and var colon
            && int.TryParse(
                place.AsSpan(colon + 1),
                System.Globalization.CultureInfo.InvariantCulture,
                out var line
            )
        )
            return (place[..colon], line);
        throw new CommandException($"package '{text}' has no source location information");
    }
}
