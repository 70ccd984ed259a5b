using System.Text.RegularExpressions;
using Ferry.Evaluation.Observation;
using Ferry.Evaluation.Tests.Hosting;

namespace Ferry.Evaluation.Tests;

/// <summary>Calls that are watched. The expected lines are those of stock Nix 2.34.8 for the same text.</summary>
public partial class CallObservationTests
{
    private const string Program = """
        let f = x: x + 1; g = { a, b ? 2 }: f a + b; s = { __functor = self: y: f y; };
        in [ (g { a = 1; }) (map f [ 1 2 ]) (s 3) (builtins.foldl' (a: b: a + b) 0 [ 1 2 3 ]) ]
        """;

    private const string Calls = """
        entered «string»:2:7
        entered «string»:1:37
        exited «string»:1:37
        exited «string»:2:7
        entered «string»:2:22
        exited «string»:2:22
        entered «string»:1:9
        exited «string»:1:9
        entered «string»:1:9
        exited «string»:1:9
        entered «string»:2:38
        entered «string»:1:52
        entered «string»:1:73
        exited «string»:1:73
        exited «string»:1:52
        exited «string»:2:38
        entered «string»:2:44
        entered «none»:0
        exited «none»:0
        entered «none»:0
        exited «none»:0
        entered «none»:0
        exited «none»:0
        exited «string»:2:44
        """;

    [Fact]
    public void A_trace_names_each_call_in_order()
    {
        var lines = new List<string>();

        var shown = TestEvaluation.ShowObserved(
            Program,
            new CallTrace(lines.Add, TimeProvider.System)
        );

        Assert.Equal("[ 4 [ 2 3 ] 4 6 ]", shown);
        Assert.Equal(
            Calls.Split('\n'),
            lines.Select(line => CallLine().Match(line).Groups[1].Value)
        );
    }

    [Fact]
    public void A_profile_has_folded_stacks()
    {
        var sampler = new StackSampler(TimeProvider.System, TimeSpan.FromTicks(-1));

        TestEvaluation.ShowObserved(
            "let go = n: if n < 1 then builtins.stringLength (derivation { name = \"d\"; builder = \"b\"; system = \"s\"; }).name else go (n - 1); in go 1",
            sampler
        );

        var stacks = sampler.ToFoldedStacks();
        Assert.Contains("«string»:1:", stacks, StringComparison.Ordinal);
        Assert.Contains(":go;", stacks, StringComparison.Ordinal);
        Assert.Contains(":primop stringLength", stacks, StringComparison.Ordinal);
        Assert.All(
            stacks.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches(@"^.+ \d+$", line)
        );
    }

    [Fact]
    public void A_failed_call_is_left_as_well()
    {
        var lines = new List<string>();

        TestEvaluation.ShowObserved(
            "(builtins.tryEval (builtins.seq (builtins.throw \"x\") 1)).success",
            new CallTrace(lines.Add, TimeProvider.System)
        );

        Assert.Equal(
            lines.Count(line => line.Contains(" entered ", StringComparison.Ordinal)),
            lines.Count(line => line.Contains(" exited ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Calls_are_counted_by_function()
    {
        var counter = new CallCounter();

        TestEvaluation.ShowObserved(Program, counter);

        var f = Assert.Single(counter.Functions, function => function.Name == "f");
        Assert.Equal(4, f.Count);
        Assert.Equal(1, counter.Builtins["foldl'"]);
    }

    [GeneratedRegex(@"^function-trace ((?:entered|exited) .*) at \d+$")]
    private static partial Regex CallLine();
}
