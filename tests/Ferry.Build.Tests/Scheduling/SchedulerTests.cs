using System.Collections.Concurrent;
using Ferry.Build.Scheduling;

namespace Ferry.Build.Tests.Scheduling;

public class SchedulerTests
{
    private static readonly SchedulerLimits s_two = new(2, 8, KeepsGoing: false);

    [Fact]
    public void No_more_builds_run_at_once_than_there_are_slots()
    {
        var plan = new Plan();
        for (var step = 0; step < 12; step++)
            plan.Add(new StepId(step), StepPool.Build, []);
        var (running, most) = (0, 0);
        var scheduler = new Scheduler(
            s_two,
            (_, _) =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                Thread.Sleep(10);
                Interlocked.Decrement(ref running);
                return true;
            },
            _ => { }
        );

        scheduler.Run(plan, TestContext.Current.CancellationToken);

        Assert.Equal(2, most);
        Assert.Equal(0, plan.Unfinished);
    }

    [Fact]
    public void A_fetch_runs_while_every_build_slot_is_taken()
    {
        var plan = new Plan();
        plan.Add(new StepId(0), StepPool.Build, []);
        plan.Add(new StepId(1), StepPool.Fetch, []);
        using var fetched = new ManualResetEventSlim();
        var scheduler = new Scheduler(
            new SchedulerLimits(1, 1, KeepsGoing: false),
            (step, stop) =>
            {
                if (step.Value == 1)
                    fetched.Set();
                else
                    Assert.True(fetched.Wait(TimeSpan.FromSeconds(20), stop));
                return true;
            },
            _ => { }
        );

        scheduler.Run(plan, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_failure_stops_what_runs_and_starts_nothing_more()
    {
        var plan = new Plan();
        plan.Add(new StepId(0), StepPool.Build, []);
        plan.Add(new StepId(1), StepPool.Build, []);
        plan.Add(new StepId(2), StepPool.Build, []);
        var started = new ConcurrentBag<int>();
        var scheduler = new Scheduler(
            s_two,
            (step, stop) =>
            {
                started.Add(step.Value);
                if (step.Value == 0)
                    return false;
                stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
                stop.ThrowIfCancellationRequested();
                return true;
            },
            _ => { }
        );

        scheduler.Run(plan, TestContext.Current.CancellationToken);

        Assert.Equal([0, 1], started.Order());
    }

    [Fact]
    public void Keep_going_runs_all_that_does_not_need_the_failed_step()
    {
        var plan = new Plan();
        plan.Add(new StepId(0), StepPool.Build, []);
        plan.Add(new StepId(1), StepPool.Build, [new StepId(0)]);
        plan.Add(new StepId(2), StepPool.Build, []);
        plan.Add(new StepId(3), StepPool.Build, [new StepId(2)]);
        var (done, blocked) = (new ConcurrentBag<int>(), new List<int>());
        var scheduler = new Scheduler(
            s_two with
            {
                KeepsGoing = true,
            },
            (step, _) =>
            {
                if (step.Value == 0)
                    return false;
                done.Add(step.Value);
                return true;
            },
            step => blocked.Add(step.Value)
        );

        scheduler.Run(plan, TestContext.Current.CancellationToken);

        Assert.Equal([2, 3], done.Order());
        Assert.Equal([1], blocked);
    }

    [Fact]
    public void A_bug_in_a_step_reaches_the_caller_after_the_others_have_stopped()
    {
        var plan = new Plan();
        plan.Add(new StepId(0), StepPool.Build, []);
        var scheduler = new Scheduler(
            s_two,
            (_, _) => throw new InvalidTimeZoneException("bug"),
            _ => { }
        );

        Assert.Throws<InvalidTimeZoneException>(() =>
            scheduler.Run(plan, TestContext.Current.CancellationToken)
        );
    }

    private static void InterlockedMax(ref int most, int now)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < now)
            Interlocked.CompareExchange(ref most, now, seen);
    }
}
