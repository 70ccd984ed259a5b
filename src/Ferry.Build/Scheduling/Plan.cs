namespace Ferry.Build.Scheduling;

/// <summary>Which steps may start now. Holds no process, clock or file: the scheduler drives it.</summary>
/// <remarks>
/// States of a step: waiting (some input is not done), ready (taken next), running, succeeded, failed, blocked (an
/// input failed or is blocked). Each edge is counted once, so a whole build costs O(steps + edges). One thread at a time.
/// </remarks>
/// <param name="waitsForAllInputs">
/// A step is blocked only when all its inputs have ended, so that its report counts every failed one; otherwise at once.
/// </param>
public sealed class Plan(bool waitsForAllInputs = false)
{
    private readonly Dictionary<StepId, int> _missing = [];
    private readonly Dictionary<StepId, List<StepId>> _dependents = [];
    private readonly Dictionary<StepPool, Queue<StepId>> _ready = [];
    private readonly Dictionary<StepId, StepPool> _pools = [];
    private readonly Dictionary<StepId, int> _failedInputs = [];
    private readonly HashSet<StepId> _blocked = [];

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

    /// <returns>As <see cref="MarkFailed"/>: steps whose last input this was, and another of whose inputs failed.</returns>
    public IReadOnlyList<StepId> MarkSucceeded(StepId step) => MarkEnded(step, isSuccess: true);

    /// <summary>Blocks what needs the step, nearest first.</summary>
    /// <returns>The steps that became blocked by this; none of them will ever be ready.</returns>
    public IReadOnlyList<StepId> MarkFailed(StepId step) => MarkEnded(step, isSuccess: false);

    private List<StepId> MarkEnded(StepId step, bool isSuccess)
    {
        Unfinished--;
        var blocked = new List<StepId>();
        var ended = new Queue<(StepId Step, bool IsSuccess)>([(step, isSuccess)]);
        while (ended.TryDequeue(out var current))
        {
            foreach (var dependent in _dependents.GetValueOrDefault(current.Step, []))
            {
                _missing[dependent]--;
                if (!current.IsSuccess)
                    _failedInputs[dependent] = FailedInputs(dependent) + 1;
                if (_blocked.Contains(dependent))
                    continue;
                if (IsBlockedNow(dependent))
                {
                    Unfinished--;
                    _blocked.Add(dependent);
                    blocked.Add(dependent);
                    ended.Enqueue((dependent, false));
                }
                else if (_missing[dependent] == 0)
                {
                    Ready(_pools[dependent]).Enqueue(dependent);
                }
            }
        }

        return blocked;
    }

    private bool IsBlockedNow(StepId step) =>
        FailedInputs(step) > 0 && (!waitsForAllInputs || _missing[step] == 0);

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
