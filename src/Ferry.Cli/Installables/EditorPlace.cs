using System.Globalization;
using Ferry.Cli.Composition;
using Ferry.Cli.Verbs;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Platform.Processes;
using Ferry.Syntax.Text;

namespace Ferry.Cli.Installables;

/// <summary>Where a value was written, for a person's editor.</summary>
/// <param name="File">On this machine.</param>
/// <param name="Line">Counted from 1; 0 when it is not known.</param>
internal sealed record EditorPlace(string File, int Line)
{
    // Editors that take "+LINE" before a file.
    private static readonly string[] s_lineEditors = ["emacs", "nano", "vim", "kak"];

    private static readonly Symbol s_meta = Symbols.Of("meta");
    private static readonly Symbol s_position = Symbols.Of("position");

    /// <summary>On the evaluation thread.</summary>
    /// <param name="site">On whose thread this is.</param>
    /// <param name="value">A path, a function, or a package.</param>
    /// <param name="text">What a person called it.</param>
    /// <exception cref="CommandException">Nobody knows where it was written.</exception>
    public static EditorPlace Of(EvaluationSite site, Value value, string text)
    {
        if (value.IsPath || value.IsString)
        {
            var context = StringContext.Empty;
            var file = site.Evaluator.Coercer.ToPath(
                value,
                Position.None,
                ref context,
                "while evaluating the filename to edit"
            );
            return new(file, 0);
        }

        if (Evaluator.PositionOf(value) is { IsKnown: true } position)
            return position.FilePath is { } path && position.Location is { } location
                ? new(path, location.Source.Locate(location.Position).Line)
                : throw new CommandException($"'{position}' cannot be shown in an editor");

        return Written(value)
            ?? throw new CommandException($"package '{text}' has no source location information");
    }

    /// <summary>Starts the person's editor and waits for its end.</summary>
    public void Open(Session session)
    {
        var editor = (session.Options.Environment.Variable("EDITOR") ?? "cat").Split(
            ' ',
            StringSplitOptions.RemoveEmptyEntries
        );
        var takesLine =
            Line > 0
            && s_lineEditors.Any(name => editor[0].Contains(name, StringComparison.Ordinal));
        using var child = ChildProcess.Start(
            new ProcessSpecification
            {
                Program = editor[0],
                Arguments = [.. editor[1..], .. takesLine ? [$"+{Line}"] : (string[])[], File],
                Environment = session.Options.Environment.Variables,
                Group = ProcessGroupKind.Callers,
            }
        );
        child.Wait();
    }

    // "FILE:LINE", as package sets write it.
    private static EditorPlace? Written(Value value) =>
        value.IsAttributeSet
        && PackageReader.Find(value.AsAttributeSet, s_meta)?.Force()
            is { IsAttributeSet: true } meta
        && PackageReader.Find(meta.AsAttributeSet, s_position)?.Force()
            is { IsString: true } written
        && written.AsString.ToString() is var place
        && place.LastIndexOf(':') is > 0 and var colon
        && int.TryParse(place.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var line)
            ? new(place[..colon], line)
            : null;
}
