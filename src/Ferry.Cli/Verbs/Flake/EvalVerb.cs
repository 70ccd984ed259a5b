using Ferry.Builtins.Json;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Composition.Answers;
using Ferry.Cli.Installables;
using Ferry.Formats.Json;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class EvalVerb : Verb
{
    private readonly InstallableOptions _installables = new();
    private string? _apply;
    private bool _isRaw;
    private bool _isJson;
    private string? _folder;
    private bool _isReadOnly;

    public override string Path => "eval";

    public override string Summary => "evaluate an expression and print its value";

    public override string Operands => "INSTALLABLE";

    public override InstallableOptions Installables => _installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        options.Switch("--raw", "print a string as it is", () => _isRaw = true);
        options.Switch("--json", "print JSON", () => _isJson = true);
        options.Value(
            "--apply",
            "FUNCTION",
            "apply a function to the value first",
            text => _apply = text
        );
        options.Value(
            "--write-to",
            "PATH",
            "write a string as a file, a set as a folder of files",
            text => _folder = text
        );
        options.Switch("--read-only", "write nothing to the store", () => _isReadOnly = true);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (_isRaw && _isJson)
            throw session.Usage("--raw and --json are mutually exclusive");
        if (operands.Count > 1)
            session.OnlyOperand(operands);

        session.Evaluation.IsReadOnly |= _isReadOnly;
        var installable = _installables.Parse(session, operands)[0];
        var text = session.Answers.Ask(
            Question(session, installable),
            AnswerForms.Bytes,
            evaluation =>
            {
                var value = TargetFinder.Value(evaluation, _installables.Expression, installable);
                if (_apply is not null)
                    value = evaluation.Apply(_apply, value);
                if (_folder is not null)
                {
                    new ValueFiles(session.WorkingDirectory).Write(value, _folder);
                    return ReadOnlyMemory<byte>.Empty;
                }

                return _isRaw ? evaluation.Raw(value, "while generating the eval command output")
                    : _isJson ? evaluation.Json(value, new JsonValueOptions { CopiesPaths = false })
                    : evaluation.Print(value);
            }
        );

        session.EndProgress();
        session.Write(
            (_isJson && session.Options.IndentsJson ? JsonIndenter.Indent(text.Span) : text).Span
        );
        if (!_isRaw && _folder is null)
            session.Write("\n"u8);
        return ExitCode.Success;
    }

    // A text from the command line may name files beside it, and a folder of files is made each time.
    private AnswerQuestion? Question(Session session, Installable installable) =>
        installable is Installable.OfFlake flake && _folder is null
            ? AnswerQuestion.Of(
                session,
                flake,
                "eval",
                $"{_isRaw} {_isJson} {session.UsesColour && !Console.IsOutputRedirected}",
                _apply ?? "",
                _apply is null ? "" : session.BaseFolder
            )
            : null;
}
