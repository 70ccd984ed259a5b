using System.Globalization;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Tests.Hosting;

namespace Ferry.Evaluation.Tests;

/// <summary>Evaluation with helper threads shows what evaluation without them shows.</summary>
/// <remarks>
/// <c>FERRY_ROUNDS</c> says how often each program runs. Names are new in every round, so that threads race for them
/// in each: afterwards <c>ROUND</c> takes the number's place again.
/// </remarks>
public class HelperThreadTests
{
    private static readonly int s_rounds = Environment.GetEnvironmentVariable("FERRY_ROUNDS")
        is { } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : 20;

    private const string Slow =
        "slow = n: if n == 0 then 0 else 1 + slow (n - 1); work = x: builtins.seq (slow 300) x;";

    private static readonly EvaluationSettings s_alone = new() { ShowsTrace = true };
    private static readonly EvaluationSettings s_helped = s_alone with { Cores = 4 };

    [Fact]
    public void Results_do_not_depend_on_helpers() =>
        CheckShown(
            $$"""
            let
              {{Slow}}
              shared = builtins.genList (i: if i == 0 then 0 else work (1 + builtins.elemAt shared (i - 1))) 60;
              entry = i: { name = "nROUND${toString i}"; value = work { a = builtins.elemAt shared (59 - i); b = [ i "x" ]; }; };
            in builtins.listToAttrs (builtins.genList entry 60)
            """
        );

    [Fact]
    public void The_first_of_several_failures_is_the_one_shown() =>
        CheckError(
            $$"""
            let
              {{Slow}}
              bad = i: work (throw "bad ${toString i}");
              inner = i: { "zROUND${toString (9 - i)}" = work i; "aROUND${toString i}" = bad i; "mROUND${toString i}" = bad (i + 100); };
            in builtins.genList (i: if i < 20 then work i else inner i) 40
            """
        );

    [Fact]
    public void A_failure_that_was_absorbed_before_keeps_its_first_trace() =>
        CheckError(
            $$"""
            let
              {{Slow}}
              bad = work (throw "bad");
              absorbed = builtins.tryEval (1 + bad);
            in [ (work 1) (work absorbed.success) (work (2 + bad)) (work (bad + 3)) ]
            """
        );

    [Fact]
    public void Recursion_is_found_where_one_thread_finds_it() =>
        CheckError(
            $$"""
            let
              {{Slow}}
              ring = builtins.genList (i: work (1 + builtins.elemAt ring (if i == 7 then 2 else i + 1))) 8;
            in ring
            """
        );

    [Fact]
    public void Messages_come_once_and_in_order()
    {
        const string program = $$"""
            let
              {{Slow}}
              said = i: builtins.trace "element ${toString i}" (work i);
            in builtins.genList (i: if i == 30 then work (throw "end") else said i) 40
            """;
        var expected = new TestEvaluation(s_alone);
        expected.ShowError(program);
        for (var round = 0; round < s_rounds; round++)
        {
            var evaluation = new TestEvaluation(s_helped);
            evaluation.ShowError(program);
            Assert.Equal(expected.Reports, evaluation.Reports);
        }
    }

    [Fact]
    public void Which_of_two_failures_tryEval_sees_does_not_depend_on_helpers() =>
        CheckShown(
            $$"""
            let
              {{Slow}}
              pair = i: { "bROUND${toString i}" = throw "caught"; "aROUND${toString i}" = work i; };
              one = i: work (builtins.tryEval (builtins.deepSeq (pair i) 1)).success;
            in builtins.genList one 30
            """
        );

    private static void CheckShown(string program) =>
        Check(program, (evaluation, text) => evaluation.ShowDeep(text));

    private static void CheckError(string program) =>
        Check(program, (evaluation, text) => evaluation.ShowError(text));

    private static void Check(string program, Func<TestEvaluation, string, string> show)
    {
        var expected = Show(s_alone, Guid.NewGuid().ToString("N"));
        for (var round = 0; round < s_rounds; round++)
            Assert.Equal(expected, Show(s_helped, Guid.NewGuid().ToString("N")));

        string Show(EvaluationSettings settings, string round) =>
            show(
                    new TestEvaluation(settings),
                    program.Replace("ROUND", round, StringComparison.Ordinal)
                )
                .Replace(round, "ROUND", StringComparison.Ordinal);
    }
}
