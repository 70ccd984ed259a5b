using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Tests.Hosting;

namespace Ferry.Evaluation.Tests;

public class ParallelTests
{
    private const int Threads = 4;

    [Fact]
    public void Threads_that_force_the_same_values_agree()
    {
        // Every element needs shared thunks, so threads meet all the time.
        const string program = """
            let
              shared = builtins.genList (i: if i == 0 then 0 else 1 + builtins.elemAt shared (i - 1)) 300;
              fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2);
            in builtins.genList (i: fib (i - i / 12 * 12) + builtins.elemAt shared (299 - i)) 300
            """;
        var expected = TestEvaluation.Show(program);
        for (var round = 0; round < 10; round++)
            Assert.Equal(expected, ShowForcedInParallel(program));
    }

    [Fact]
    public void Threads_merge_and_name_sets_alike()
    {
        const string program = """
            let base = builtins.listToAttrs (builtins.genList (i: { name = "n${toString i}"; value = i; }) 50);
            in builtins.genList (i: builtins.attrNames (base // { "x${toString i}" = i; n3 = 1; })) 200
            """;
        var expected = TestEvaluation.Show(program);
        for (var round = 0; round < 10; round++)
            Assert.Equal(expected, ShowForcedInParallel(program));
    }

    [Fact]
    public void Threads_that_lay_layers_into_one_set_get_the_same_set()
    {
        const string program = """
            let base = builtins.listToAttrs (builtins.genList (i: { name = "n${toString i}"; value = i; }) 3000);
            in base // { added = 1; }
            """;
        for (var round = 0; round < 50; round++)
        {
            var evaluation = new TestEvaluation();
            var layered = evaluation.Evaluator.Run(() => evaluation.Evaluate(program).Force());
            using var start = new Barrier(Threads);
            var sets = new AttributeSet[Threads];
            var threads = Enumerable
                .Range(0, Threads)
                .Select(index => new Thread(() =>
                {
                    start.SignalAndWait();
                    sets[index] = layered.AsAttributeSet;
                }))
                .ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());

            Assert.All(
                [.. sets, layered.AsAttributeSet],
                set => Assert.True(set.IsSameAs(sets[0]))
            );
            Assert.Equal(3001, sets[0].Count);
        }
    }

    [Fact]
    public void A_ring_of_thunks_over_several_threads_is_infinite_recursion()
    {
        for (var round = 0; round < 20; round++)
        {
            var evaluation = new TestEvaluation();
            var failure = Assert.Throws<EvaluationException>(() =>
                evaluation.Evaluator.Run(() =>
                    Force(
                        evaluation,
                        """
                        let
                          slow = n: if n == 0 then 0 else slow (n - 1);
                          ring = builtins.genList (i: slow 200 + builtins.elemAt ring (if i == 3 then 0 else i + 1)) 4;
                        in ring
                        """
                    )
                )
            );
            Assert.Equal(EvaluationErrorKind.InfiniteRecursion, failure.Kind);
        }
    }

    [Fact]
    public void A_value_that_fails_on_one_thread_fails_on_all_of_them()
    {
        var evaluation = new TestEvaluation();
        var failure = Assert.Throws<EvaluationException>(() =>
            evaluation.Evaluator.Run(() =>
                Force(
                    evaluation,
                    "let bad = throw \"bad\"; in builtins.genList (i: bad + toString i) 50"
                )
            )
        );
        Assert.Equal("bad", failure.Message);
    }

    private static string ShowForcedInParallel(string program)
    {
        var evaluation = new TestEvaluation();
        return evaluation.Evaluator.Run(() =>
        {
            var list = Force(evaluation, program);
            Evaluator.ForceDeep(list);
            return TestEvaluation.Print(evaluation.Evaluator, list);
        });
    }

    private static Value Force(TestEvaluation evaluation, string program)
    {
        var value = evaluation.Evaluate(program);
        var list = value.AsList;
        var elements = Enumerable.Range(0, list.Length).Select(index => list[index]).ToArray();
        evaluation.Evaluator.ForceParallel(elements, Threads);
        return value;
    }
}
