using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Evaluation.Memory;

namespace Ferry.Cli.Verbs.Classic;

/// <summary>The expressions that the old commands are given: files, standard input, or texts after <c>-E</c>.</summary>
internal sealed class ClassicExpressions
{
    private readonly ExpressionOptions _arguments = new();
    private readonly List<string> _attributes = [];
    private bool _areTexts;

    public IReadOnlyCollection<FunctionArgument> Arguments => _arguments.Arguments;

    public void Declare(OptionTable options)
    {
        _arguments.DeclareArguments(options);
        options.Switch("--expr -E", "operands are expressions, not files", () => _areTexts = true);
        options.Value("--attr -A", "PATH", "select an attribute", _attributes.Add);
    }

    public IEnumerable<ExpressionSource> Sources(IReadOnlyList<string> operands)
    {
        if (operands.Count == 0)
            return [new(_areTexts ? "" : "./default.nix", IsText: false)];
        return operands.Select(operand => new ExpressionSource(operand, _areTexts));
    }

    /// <summary>The derivations in all that a source selects. On the evaluation thread.</summary>
    public IEnumerable<AttributeSet> Derivations(EvaluationSite site, ExpressionSource source) =>
        Values(site, source).SelectMany(value => site.Packages(value, Arguments));

    /// <summary>One value an attribute path; without any, the whole. On the evaluation thread.</summary>
    public IEnumerable<Value> Values(EvaluationSite site, ExpressionSource source)
    {
        var top = source.IsText ? site.Text(source.Text) : site.File(source.Text);
        IEnumerable<string> paths = _attributes.Count > 0 ? _attributes : [""];
        foreach (var path in paths)
            yield return site.Select(top, path, _arguments.Arguments);
    }
}

/// <param name="Text">The expression, or the file's name; <c>-</c> is standard input.</param>
/// <param name="IsText">True for an expression.</param>
internal sealed record ExpressionSource(string Text, bool IsText);
