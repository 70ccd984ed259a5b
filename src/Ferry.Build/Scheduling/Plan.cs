namespace Ferry.Build.Scheduling;

/// <summary>Which steps may start now. Holds no process, clock or file: the scheduler drives it.</summary>
/// <remarks>
/// States of a step: waiting (some input is not done), ready (taken next), running, succeeded, failed, blocked (an
/// input failed or is blocked). Each edge is counted once, so a whole build costs O(steps + edges). One thread at a time.
/// </remarks>
public sealed class Plan
{
    private readonly Dictionary<StepId, int> _missing = [];
    private readonly Dictionary<StepId, List<StepId>> _dependents = [];
    private readonly Dictionary<StepPool, Queue<StepId>> _ready = [];
    private readonly Dictionary<StepId, StepPool> _pools = [];
    private readonly Dictionary<StepId, int> _failedInputs = [];

    /// <summary>Steps that have neither succeeded, failed nor been blocked.</summary>
    public int Unfinished { get; private set; }

    /// <param name="step">New: no step is added twice.</param>
    /// <param name="pool">Where the step takes its slot.</param>
    /// <param name="inputs">Steps that must succeed first; all are added at some time before the plan can end.</param>
    public void Add(StepId step, StepPool pool, IReadOnlyCollection<StepId> inputs)
    {
        _missing.Add(step, inputs.Count);
        _pools.Add(step, pool);
        Unfinished++;
        if (inputs.Count == 0)
            Ready(pool).Enqueue(step);

        foreach (var input in inputs)
        {
            if (!_dependents.TryGetValue(input, out var dependents))
                _dependents.Add(input, dependents = []);
            dependents.Add(step);
        }
    }

    /// <summary>Takes the oldest ready step of a pool; the caller now runs it.</summary>
    public bool TryTakeReady(StepPool pool, out StepId step) => Ready(pool).TryDequeue(out step);

    public bool HasReady(StepPool pool) => Ready(pool).Count > 0;

    public void MarkSucceeded(StepId step)
    {
        Unfinished--;
        foreach (var dependent in _dependents.GetValueOrDefault(step, []))
        {
            if (--_missing[dependent] == 0)
                Ready(_pools[dependent]).Enqueue(dependent);
        }
    }

    /// <summary>Blocks everything that needs the step, nearest first.</summary>
    /// <returns>The steps that became blocked by this failure; none of them will ever be ready.</returns>
    public IReadOnlyList<StepId> MarkFailed(StepId step)
    {
        Unfinished--;
        var blocked = new List<StepId>();
        var failed = new Queue<StepId>([step]);
        while (failed.TryDequeue(out var current))
        {
            foreach (var dependent in _dependents.GetValueOrDefault(current, []))
            {
                var count = _failedInputs.GetValueOrDefault(dependent);
                _failedInputs[dependent] = count + 1;
                if (count > 0)
                    continue;
                Unfinished--;
                blocked.Add(dependent);
                failed.Enqueue(dependent);
            }
        }

        return blocked;
    }

    /// <summary>How many direct inputs of a step failed or were blocked so far.</summary>
    public int FailedInputs(StepId step) => _failedInputs.GetValueOrDefault(step);

    private Queue<StepId> Ready(StepPool pool)
    {
        if (!_ready.TryGetValue(pool, out var queue))
            _ready.Add(pool, queue = []);
        return queue;
    }
}

/// <summary>Number of a step within one plan.</summary>
public readonly record struct StepId(int Value);

/// <summary>What a running step occupies. Each pool has a limit of its own, so downloads overlap builds.</summary>
public enum StepPool
{
    /// <summary>Processor work; limited by <c>max-jobs</c>.</summary>
    Build,

    /// <summary>Waiting for a network: fetches and substitutions.</summary>
    Fetch,
}
