using System.Buffers;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;

namespace Ferry.Cli.Verbs.Classic;

/// <summary><c>nix-instantiate</c>: parses, evaluates or instantiates.</summary>
internal sealed class NixInstantiateVerb : Verb
{
    private readonly ClassicExpressions _expressions = new();
    private readonly ValueOutput _output = new();
    private string? _root;
    private bool _parses;
    private bool _evaluates;
    private bool _findsFile;
    private bool _writes;
    private bool _isReadOnly;

    public override string Path => "nix-instantiate";

    public override string Summary => "make derivations from expressions, or evaluate them";

    public override string Operands => "FILE...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _expressions.Declare(options);
        _output.Declare(options);
        options.Switch("--parse", "print the syntax tree", () => _parses = true);
        options.Switch("--eval --eval-only", "print the value", () => _evaluates = true);
        options.Switch("--find-file", "print where <NAME> leads", () => _findsFile = true);
        options.Value(
            "--add-root",
            "LINK",
            "link to the derivations and keep them",
            text => _root = text
        );
        options.Switch("--indirect", "links may lie anywhere, which they always may", () => { });
        options.Switch("--read-write-mode", "let --eval write to the store", () => _writes = true);
        options.Switch("--readonly-mode", "write nothing to the store", () => _isReadOnly = true);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (_findsFile)
            return FindFiles(session, operands);
        if (_parses)
            return Parse(session, operands);

        session.Evaluation.IsReadOnly |= _isReadOnly || (_evaluates && !_writes);
        foreach (var source in _expressions.Sources(operands))
        {
            if (_evaluates)
                Evaluate(session, source);
            else
                Instantiate(session, source);
        }

        return ExitCode.Success;
    }

    private static ExitCode FindFiles(Session session, IReadOnlyList<string> operands)
    {
        foreach (var name in operands)
            session.Output.WriteLine(session.Evaluation.Run(site => site.FindFile(name)));
        return ExitCode.Success;
    }

    private ExitCode Parse(Session session, IReadOnlyList<string> operands)
    {
        var output = new RepeatableOutput(session);
        var line = new ArrayBufferWriter<byte>();
        session.Evaluation.Run(site =>
        {
            output.Begin();
            foreach (var source in _expressions.Sources(operands))
            {
                line.ResetWrittenCount();
                site.ShowSyntax(source, line);
                line.Write("\n"u8);
                output.Write(line.WrittenSpan);
            }
        });
        return ExitCode.Success;
    }

    private void Evaluate(Session session, ExpressionSource source)
    {
        var output = new RepeatableOutput(session);
        session.Evaluation.Run(site =>
        {
            output.Begin();
            foreach (var found in _expressions.Values(site, source))
            {
                // What was asked for is computed, however little of its insides is printed.
                var selected = found.Force();
                var arguments = _expressions.Arguments;
                var value = arguments.Count > 0 ? site.AutoCall(selected, arguments) : selected;
                _output.Print(output, site, value);
            }
        });
    }

    private void Instantiate(Session session, ExpressionSource source)
    {
        var found = session.Evaluation.Run(site =>
            _expressions
                .Derivations(site, source)
                .Select(set =>
                    (
                        Path: PackageReader.DerivationPath(site.Evaluator, set),
                        Output: PackageReader.OutputName(set)
                    )
                )
                .ToList()
        );
        if (_root is null && !session.Evaluation.IsReadOnly && found.Count > 0)
            session.WarnOfMissingRoot();
        for (var index = 0; index < found.Count; index++)
        {
            var (path, output) = found[index];
            var text = session.Site.Directory.Format(path);
            if (_root is not null)
            {
                text = System.IO.Path.GetFullPath(
                    index == 0 ? _root : $"{_root}-{index + 1}",
                    session.WorkingDirectory
                );
                session.Site.AddRoot(text, path);
            }

            session.Output.WriteLine(output == "out" ? text : $"{text}!{output}");
        }
    }
}
