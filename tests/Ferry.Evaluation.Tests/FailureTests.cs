using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Tests.Hosting;

namespace Ferry.Evaluation.Tests;

public class FailureTests
{
    [Fact]
    public void A_failed_thunk_can_be_forced_again()
    {
        const string program = """
            let f = throw "x"; g = { v = f; }; in
            [ (builtins.tryEval f).success (builtins.tryEval g.v).success (builtins.tryEval f).success ]
            """;
        Assert.Equal("[ false false false ]", TestEvaluation.Show(program));
    }

    [Fact]
    public void A_caught_failure_leaves_the_call_depth_as_it_was()
    {
        const string program = """
            let deep = n: if n == 0 then throw "bottom" else 1 + deep (n - 1);
            in builtins.foldl' (a: i: if (builtins.tryEval (deep 5000)).success then a else a + 1) 0 (builtins.genList (i: i) 20)
            """;
        Assert.Equal("20", TestEvaluation.Show(program));
    }

    [Fact]
    public void The_call_depth_limit_is_a_setting()
    {
        var evaluation = new TestEvaluation(new EvaluationSettings { CallDepthMax = 100 });
        Assert.Equal(
            "error: stack overflow; max-call-depth exceeded",
            evaluation.ShowDeep("let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 200")
        );
    }

    [Fact]
    public void Nested_thunks_need_no_call_depth()
    {
        // 300,000 additions, each inside the next one.
        const string program =
            "builtins.foldl' (a: i: { v = a.v + 1; }) { v = 0; } (builtins.genList (i: i) 300000)";
        Assert.Equal("300000", TestEvaluation.Show($"({program}).v"));
    }

    [Fact]
    public void Deep_nesting_of_the_program_itself_is_no_problem()
    {
        var program = new string('[', 5000) + new string(']', 5000);
        Assert.DoesNotContain("error", TestEvaluation.Show(program), StringComparison.Ordinal);
    }
}
