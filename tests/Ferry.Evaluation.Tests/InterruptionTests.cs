using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Tests.Hosting;

namespace Ferry.Evaluation.Tests;

/// <summary>An interruption ends every evaluation of the process, so nothing else may run meanwhile.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneCollection;

[Collection("Alone")]
public class InterruptionTests
{
    [Fact]
    public void Evaluation_ends_when_it_is_interrupted()
    {
        var evaluation = new TestEvaluation();
        using var timer = new Timer(_ => Evaluator.Interrupt(), null, 100, Timeout.Infinite);
        try
        {
            var failure = Assert.Throws<EvaluationException>(() =>
                evaluation.Evaluator.Run(() =>
                    evaluation.Evaluate(
                        "let f = n: if n == 0 then 0 else f (n - 1); g = n: g (n + f 1000 + 1); in builtins.foldl' (a: i: f 5000) 0 (builtins.genList (i: i) 10000000)"
                    )
                )
            );
            Assert.Equal(EvaluationErrorKind.Interrupted, failure.Kind);
        }
        finally
        {
            Evaluator.Resume();
        }
    }

    [Theory]
    [InlineData("{ a = 1; } // ", "{ }")]
    [InlineData("[ ", "")]
    public void Reading_a_deep_text_ends_when_it_is_interrupted(string level, string end)
    {
        var evaluation = new TestEvaluation();
        var text = string.Concat(Enumerable.Repeat(level, 2_000_000)) + end;
        using var timer = new Timer(_ => Evaluator.Interrupt(), null, 100, Timeout.Infinite);
        try
        {
            var failure = Assert.Throws<EvaluationException>(() =>
                evaluation.Evaluator.Run(() => evaluation.Evaluate(text))
            );
            Assert.Equal(EvaluationErrorKind.Interrupted, failure.Kind);
        }
        finally
        {
            Evaluator.Resume();
        }
    }
}
