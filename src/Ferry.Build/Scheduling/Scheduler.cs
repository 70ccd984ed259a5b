using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Ferry.Build.Scheduling;

/// <summary>How many steps run at once, and what a failure stops.</summary>
/// <param name="BuildsMax">Stock's <c>max-jobs</c>; 0 means that nothing may be built here.</param>
/// <param name="FetchesMax">Downloads at once; they do not count as builds.</param>
/// <param name="KeepsGoing">After a failure, go on with all that does not need the failed step.</param>
public sealed record SchedulerLimits(int BuildsMax, int FetchesMax, bool KeepsGoing);

/// <summary>Runs the steps of a plan on threads of their own. The calling thread alone touches the plan.</summary>
/// <param name="limits">Slots.</param>
/// <param name="run">Runs one step on its thread: true when it succeeded, false when it failed and was reported.</param>
/// <param name="blocked">Called on the calling thread for each step that can no longer run.</param>
public sealed class Scheduler(
    SchedulerLimits limits,
    Func<StepId, CancellationToken, bool> run,
    Action<StepId> blocked
)
{
    private readonly BlockingCollection<Ending> _endings = [];
    private readonly Dictionary<StepPool, int> _running = new()
    {
        [StepPool.Build] = 0,
        [StepPool.Fetch] = 0,
    };

    private readonly record struct Ending(
        StepId Step,
        StepPool Pool,
        bool IsSuccess,
        ExceptionDispatchInfo? Error
    );

    /// <summary>Returns when no step runs any more and none can be started.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop; no step runs any more.</exception>
    public void Run(Plan plan, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ExceptionDispatchInfo? error = null;
        while (true)
        {
            if (!stop.IsCancellationRequested)
                StartAllPossible(plan, stop.Token);
            if (_running.Values.Sum() == 0)
                break;

            var ending = _endings.Take(CancellationToken.None);
            _running[ending.Pool]--;
            if (ending.IsSuccess)
            {
                Report(plan.MarkSucceeded(ending.Step));
                continue;
            }

            // A step that stopped because it was told to is no failure of its own.
            if (ending.Error?.SourceException is OperationCanceledException)
                continue;
            error ??= ending.Error;
            Report(plan.MarkFailed(ending.Step));
            if (ending.Error is not null || !limits.KeepsGoing)
                stop.Cancel();
        }

        error?.Throw();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Report(IReadOnlyList<StepId> steps)
    {
        foreach (var step in steps)
            blocked(step);
    }

    private void StartAllPossible(Plan plan, CancellationToken stop)
    {
        StartAllPossible(plan, StepPool.Fetch, Math.Max(1, limits.FetchesMax), stop);
        StartAllPossible(plan, StepPool.Build, limits.BuildsMax, stop);
    }

    private void StartAllPossible(Plan plan, StepPool pool, int max, CancellationToken stop)
    {
        while (_running[pool] < max && plan.TryTakeReady(pool, out var step))
        {
            _running[pool]++;
            var thread = new Thread(() => RunOne(step, pool, stop))
            {
                IsBackground = true,
                Name = $"{pool} {step.Value}",
            };
            thread.Start();
        }
    }

    private void RunOne(StepId step, StepPool pool, CancellationToken stop)
    {
        // The top of a thread: whatever happens must reach the waiting caller, or it waits for ever.
        try
        {
            _endings.Add(
                new Ending(step, pool, run(step, stop), Error: null),
                CancellationToken.None
            );
        }
        catch (Exception unexpected)
        {
            var error = ExceptionDispatchInfo.Capture(unexpected);
            _endings.Add(new Ending(step, pool, IsSuccess: false, error), CancellationToken.None);
        }
    }
}
