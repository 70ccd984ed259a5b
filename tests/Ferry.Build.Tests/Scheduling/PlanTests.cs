using CsCheck;
using Ferry.Build.Scheduling;

namespace Ferry.Build.Tests.Scheduling;

public class PlanTests
{
    [Fact]
    public void A_step_is_ready_when_its_last_input_succeeds()
    {
        var plan = new Plan();
        plan.Add(new StepId(0), StepPool.Build, []);
        plan.Add(new StepId(1), StepPool.Fetch, []);
        plan.Add(new StepId(2), StepPool.Build, [new StepId(0), new StepId(1)]);

        Assert.True(plan.TryTakeReady(StepPool.Build, out var first));
        Assert.Equal(0, first.Value);
        Assert.False(plan.TryTakeReady(StepPool.Build, out _));
        plan.MarkSucceeded(first);
        Assert.False(plan.TryTakeReady(StepPool.Build, out _));
        Assert.True(plan.TryTakeReady(StepPool.Fetch, out var fetch));
        plan.MarkSucceeded(fetch);
        Assert.True(plan.TryTakeReady(StepPool.Build, out var last));
        Assert.Equal(2, last.Value);
    }

    [Fact]
    public void A_failure_blocks_everything_above_it_nearest_first_and_nothing_else()
    {
        var plan = new Plan();
        plan.Add(new StepId(0), StepPool.Build, []);
        plan.Add(new StepId(1), StepPool.Build, [new StepId(0)]);
        plan.Add(new StepId(2), StepPool.Build, [new StepId(1)]);
        plan.Add(new StepId(3), StepPool.Build, []);

        Assert.True(plan.TryTakeReady(StepPool.Build, out var first));
        Assert.Equal([new StepId(1), new StepId(2)], plan.MarkFailed(first));
        Assert.Equal(1, plan.FailedInputs(new StepId(1)));
        Assert.True(plan.TryTakeReady(StepPool.Build, out var free));
        plan.MarkSucceeded(free);
        Assert.Equal(0, plan.Unfinished);
    }

    [Fact]
    public void A_plan_that_waits_for_all_inputs_counts_every_failure()
    {
        var plan = new Plan(waitsForAllInputs: true);
        plan.Add(new StepId(0), StepPool.Build, []);
        plan.Add(new StepId(1), StepPool.Build, []);
        plan.Add(new StepId(2), StepPool.Build, []);
        plan.Add(new StepId(3), StepPool.Build, [new StepId(0), new StepId(1), new StepId(2)]);

        Assert.Empty(plan.MarkFailed(new StepId(0)));
        Assert.Empty(plan.MarkFailed(new StepId(1)));
        Assert.Equal([new StepId(3)], plan.MarkSucceeded(new StepId(2)));
        Assert.Equal(2, plan.FailedInputs(new StepId(3)));
        Assert.Equal(0, plan.Unfinished);
    }

    [Fact]
    public void In_any_graph_every_step_runs_once_and_after_its_inputs()
    {
        // Edges lead to smaller numbers, so every such graph is free of cycles.
        var graphs = Gen.Int[0, 100].Array[0, 60].Array[1, 60];
        graphs.Sample(edges =>
        {
            var plan = new Plan();
            var inputs = edges
                .Select((targets, step) => targets.Where(target => target < step).Distinct())
                .Select(targets => targets.Select(target => new StepId(target)).ToList())
                .ToList();
            for (var step = 0; step < inputs.Count; step++)
                plan.Add(new StepId(step), StepPool.Build, inputs[step]);

            var done = new HashSet<StepId>();
            while (plan.TryTakeReady(StepPool.Build, out var next))
            {
                Assert.Subset(done, inputs[next.Value].ToHashSet());
                Assert.True(done.Add(next));
                plan.MarkSucceeded(next);
            }

            Assert.Equal(inputs.Count, done.Count);
            Assert.Equal(0, plan.Unfinished);
        });
    }
}
