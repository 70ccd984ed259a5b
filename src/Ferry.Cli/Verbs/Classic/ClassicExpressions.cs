using Ferry.Builtins;
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

    /// <summary>Operands are expressions.</summary>
    public bool AreTexts => _areTexts;

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
    /// <param name="site">On whose thread this is.</param>
    /// <param name="source">An expression or a file.</param>
    /// <param name="extra">For functions that name it among their arguments.</param>
    public IEnumerable<AttributeSet> Derivations(
        EvaluationSite site,
        ExpressionSource source,
        FunctionArgument? extra = null
    )
    {
        var top = Top(site, source);
        foreach (var path in Paths)
        {
            var value = site.Select(top, path, For(top));
            foreach (var set in site.Packages(value, For(value)))
                yield return set;
        }

        IReadOnlyCollection<FunctionArgument> For(Value function) =>
            extra is not null
            && FunctionFormals
                .Of(function.Force())
                ?.Arguments.Any(formal => formal.Name.ToString() == extra.Name) == true
                ? [extra, .. Arguments]
                : Arguments;
    }

    /// <summary>One value an attribute path; without any, the whole. On the evaluation thread.</summary>
    public IEnumerable<Value> Values(EvaluationSite site, ExpressionSource source)
    {
        var top = Top(site, source);
        foreach (var path in Paths)
            yield return site.Select(top, path, _arguments.Arguments);
    }

    private IEnumerable<string> Paths => _attributes.Count > 0 ? _attributes : [""];

    private static Value Top(EvaluationSite site, ExpressionSource source) =>
        source.IsText ? site.Text(source.Text) : site.File(source.Text);
}

/// <param name="Text">The expression, or the file's name; <c>-</c> is standard input.</param>
/// <param name="IsText">True for an expression.</param>
internal sealed record ExpressionSource(string Text, bool IsText);
