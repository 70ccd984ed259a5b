using System.Collections.Concurrent;
using Ferry.Evaluation.Binding;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Nodes;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Parsing;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Evaluation;

/// <summary>Texts and files.</summary>
public sealed partial class Evaluator
{
    // As stock: more links than this on the way to one file are a circle.
    private const int LinksMax = 1024;

    private static readonly Func<bool> s_isInterrupted = () => ThreadBlock.IsInterrupted;

    private readonly ConcurrentDictionary<string, string> _resolved = [];
    private readonly ConcurrentDictionary<string, Value> _files = [];
    private VariableCheck? _variableCheck;

    /// <summary>The tree of a text.</summary>
    /// <exception cref="EvaluationException">It is not a program.</exception>
    public Expression Parse(SourceText source) => Parse(source, Parser.Parse);

    private T Parse<T>(SourceText source, Func<SourceText, ParserOptions, T> parse)
    {
        try
        {
            return parse(
                source,
                new ParserOptions
                {
                    Symbols = Symbols.Table,
                    HomeDirectory = Settings.HomeDirectory,
                    IsPure = Settings.IsPure,
                    AllowsPipeOperators = Settings.ExperimentalFeatures.Contains("pipe-operators"),
                    UrlLiterals = Settings.UrlLiterals,
                    AbsolutePathLiterals = Settings.AbsolutePathLiterals,
                    ShortPathLiterals = Settings.ShortPathLiterals,
                    IsInterrupted = s_isInterrupted,
                    OnWarning = ReportWarning,
                }
            );
        }
        catch (SyntaxException failure)
        {
            throw ThreadBlock.IsInterrupted
                ? EvaluationException.Interrupted()
                : EvaluationException.From(failure);
        }
    }

    private void ReportWarning(Diagnostic warning) =>
        Environment.Report(DiagnosticRenderer.Render(warning, new DiagnosticStyle()));

    /// <summary>The tree of a text in which every variable is defined, as <c>nix-instantiate --parse</c> wants it.</summary>
    public Expression ParseAndCheck(SourceText source)
    {
        var expression = Parse(source);
        if (!(_variableCheck ??= new(this)).Passes(expression))
            Binder.Bind(this, source, filePath: null, expression);
        return expression;
    }

    /// <summary>Evaluates a text to weak head normal form.</summary>
    /// <param name="source">A file's text, a string or standard input.</param>
    /// <param name="filePath">What <c>__curPos</c> and attribute positions call it; null when it is no file.</param>
    public Value Evaluate(SourceText source, string? filePath = null) =>
        Binder.Bind(this, source, filePath, Parse(source)).Evaluate(Frame.None);

    /// <summary>Evaluates a text whose names are, besides the builtins, the attributes of a set.</summary>
    public Value Evaluate(SourceText source, string? filePath, AttributeSet variables)
    {
        var (scope, frame) = Surround(variables);
        return Binder.Bind(this, source, filePath, Parse(source), scope).Evaluate(frame);
    }

    /// <summary>Evaluates a file once; every later call gives the same value. A directory means its <c>default.nix</c>.</summary>
    /// <param name="path">Absolute.</param>
    public Value EvaluateFile(string path)
    {
        var resolved = ResolveImport(path);
        if (!_files.TryGetValue(resolved, out var value))
        {
            var node = new FileNode(this, resolved);
            value = _files.GetOrAdd(resolved, node.Register().Delay(Frame.None).Share());
        }
        return value.Force();
    }

    /// <summary>Evaluates a file with more names in scope; nothing is remembered.</summary>
    public Value EvaluateFile(string path, AttributeSet variables)
    {
        var resolved = ResolveImport(path);
        return Evaluate(ReadSource(resolved), resolved, variables);
    }

    /// <summary>The text of a Nix file.</summary>
    public SourceText ReadSource(string path) =>
        SourceText.FromFile(
            Files.Show(path),
            Files.Read(Files.ResolveLinks(path)),
            PathText.DirectoryOf(path)
        );

    /// <summary>The file an import of a path reads: links followed, <c>default.nix</c> of a directory.</summary>
    public string ResolveImport(string path) =>
        _resolved.TryGetValue(path, out var known)
            ? known
            : _resolved[path] = FollowImport(PathText.Canonicalize(path));

    /// <summary>Forgets files, so that they are read again; for the REPL.</summary>
    public void ForgetFiles()
    {
        _resolved.Clear();
        _files.Clear();
    }

    // Only the last component is replaced by what its link says, so that relative paths in the file mean what stock
    // makes of them.
    private string FollowImport(string path)
    {
        for (var links = 0; path != "/"; links++)
        {
            if (links == LinksMax)
                throw EvaluationException.Failed(
                    $"too many symbolic links encountered while traversing the path '{path}'"
                );
            var folder = Files.ResolveLinks(PathText.DirectoryOf(path));
            var real = PathText.Combine(folder, path[(path.LastIndexOf('/') + 1)..]);
            var kind = Files.Kind(real) ?? throw EvaluationException.Failed(Files.Absence(real));
            if (kind != SourceFileKind.SymbolicLink)
                break;
            path = PathText.Combine(PathText.DirectoryOf(path), Files.ReadLink(real));
        }
        return Files.Kind(Files.ResolveLinks(path)) == SourceFileKind.Directory
            ? PathText.Combine(path, "default.nix")
            : path;
    }

    private static Hint FileHint(Evaluator evaluator, string path) =>
        $"while evaluating the file '{evaluator.Files.Show(path)}':";

    private sealed class FileNode(Evaluator evaluator, string path) : Node
    {
        public override Value Evaluate(Frame frame)
        {
            var source = evaluator.ReadSource(path);
            var program = Binder.BindFile(
                evaluator,
                source,
                path,
                evaluator.Parse(source),
                () => FileHint(evaluator, path)
            );
            try
            {
                return program.Evaluate(Frame.None);
            }
            catch (EvaluationException failure)
                when (failure.AddTrace(Position.None, FileHint(evaluator, path)))
            {
                throw;
            }
        }
    }
}
