using Ferry.Cli.Composition;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Cli.Repl;

/// <summary>What was typed so far is the start of something, and more lines must follow.</summary>
internal sealed class UnfinishedTextException : Exception;

/// <summary>Evaluates what a person types. On the evaluation thread.</summary>
internal sealed class ReplLines(EvaluationSite site, ReplScope scope, string folder)
{
    private Evaluator Evaluator => site.Evaluator;

    /// <summary>Evaluates an expression to weak head normal form.</summary>
    /// <exception cref="UnfinishedTextException">It goes on.</exception>
    public Value Evaluate(string text)
    {
        var source = SourceText.FromString(text, folder);
        return Evaluator.Evaluate(source, Parse(source), scope.Variables).Force();
    }

    /// <summary>Takes a line that defines names.</summary>
    /// <returns>False when the line is something else.</returns>
    /// <exception cref="UnfinishedTextException">It goes on.</exception>
    public bool TryDefine(string text)
    {
        if (TryParseBindings(text) is not { } bindings)
            return false;
        var source = SourceText.FromString(text, folder);
        scope.Add(Evaluator.Evaluate(source, bindings, scope.Variables).Force().AsAttributeSet);
        return true;
    }

    /// <summary>For <c>e.a.b</c>: the set <c>e.a</c>, and the name <c>b</c>; null for any other text.</summary>
    /// <exception cref="UnfinishedTextException">It goes on.</exception>
    public (Value Set, Symbol Name)? EvaluateBeforeLastName(string text)
    {
        var source = SourceText.FromString(text, folder);
        return Evaluator.EvaluateBeforeLastName(source, Parse(source), scope.Variables);
    }

    private Expression Parse(SourceText source)
    {
        try
        {
            return Evaluator.Parse(source);
        }
        catch (EvaluationException failure) when (IsUnfinished(failure))
        {
            throw new UnfinishedTextException();
        }
    }

    // The last semicolon may be left out. Positions are the same with and without it.
    private AttributeSetExpression? TryParseBindings(string text)
    {
        try
        {
            return Evaluator.ParseBindings(SourceText.FromString(text, folder));
        }
        catch (EvaluationException)
        {
            return TryParseBindingsWithEnd(text + ";");
        }
    }

    private AttributeSetExpression? TryParseBindingsWithEnd(string text)
    {
        try
        {
            return Evaluator.ParseBindings(SourceText.FromString(text, folder));
        }
        catch (EvaluationException failure)
        {
            return IsUnfinished(failure) ? throw new UnfinishedTextException() : null;
        }
    }

    private static bool IsUnfinished(EvaluationException failure) =>
        failure.Message.Contains("unexpected end of file", StringComparison.Ordinal);
}
