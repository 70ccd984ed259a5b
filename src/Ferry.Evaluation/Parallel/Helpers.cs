using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Evaluation.Parallel;

/// <summary>Threads that compute ahead of the evaluating thread what it is about to need.</summary>
/// <remarks>
/// The evaluating thread does all it would do alone, in the same order, and only finds some values already there: so the
/// result does not depend on the helpers. A helper never fails: what goes wrong is forgotten, and the evaluating thread
/// meets it in its turn. A helper gives up what would have an effect (<see cref="Ahead.RequireEvaluatingThread"/>), and
/// what waits for a slot that waits for itself. Order of names and the state of values that messages show do depend on
/// the helpers: <see cref="Evaluator.Run{T}"/> evaluates again with one thread where that could be seen.
/// Owner: the evaluating thread. Offers come from it and from the helpers.
/// </remarks>
internal sealed class Helpers(Evaluator evaluator, int count) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Offer> _offers = [];
    private readonly List<Action> _joins = [];
    private readonly SemaphoreSlim _wake = new(0);
    private volatile bool _isEnding;
    private volatile bool _isStarted;
    private int _idle;

    /// <summary>True once values may have been computed out of order.</summary>
    public bool HasStarted => _isStarted;

    /// <summary>The first name that several threads may have raced for.</summary>
    public int FirstSymbol { get; private set; }

    /// <summary>Cheap to ask: somebody would take an offer.</summary>
    public bool WantsOffers => !_isStarted || Volatile.Read(ref _idle) > 0;

    public void Add(Offer offer)
    {
        if (!offer.IsWorthwhile())
            return;
        lock (_gate)
        {
            if (_isEnding)
                return;
            _offers.Add(offer);
            if (!_isStarted)
                StartAll();
        }
        _wake.Release(count);
    }

    /// <summary>Returns when no helper runs any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isEnding = true;
            _offers.Clear();
        }
        if (!_isStarted)
            return;
        ThreadBlock.HaltHelpers(GetHashCode());
        _wake.Release(count);
        foreach (var join in _joins)
            join();
        Interlocked.Decrement(ref Cell.ParallelThreads);
    }

    public void Dispose() => _wake.Dispose();

    // From here on claims are interlocked, also those of the evaluating thread, which stands somewhere above.
    private void StartAll()
    {
        Interlocked.Increment(ref Cell.ParallelThreads);
        FirstSymbol = Symbols.Table.Count;
        _isStarted = true;
        for (var index = 0; index < count; index++)
            _joins.Add(evaluator.StartHelper(Work));
    }

    private void Work()
    {
        ThreadBlock.BecomeHelper(GetHashCode());
        Ahead.Join(this);
        while (!_isEnding)
        {
            if (TryTake(out var offer, out var index))
            {
                Compute(offer!, index);
                continue;
            }
            Interlocked.Increment(ref _idle);
            _wake.Wait();
            Interlocked.Decrement(ref _idle);
        }
    }

    private bool TryTake(out Offer? offer, out int index)
    {
        lock (_gate)
        {
            while (_offers.Count > 0)
            {
                offer = _offers[0];
                if (offer.TryTake(out index))
                    return true;
                _offers.RemoveAt(0);
            }
        }
        (offer, index) = (null, -1);
        return false;
    }

    private static void Compute(Offer offer, int index)
    {
        var mark = Trail.Mark();
        Trail.StandAt(offer.CallDepth);
        try
        {
            Ahead.Compute(offer[index], offer.Purpose);
        }
#pragma warning disable CA1031 // Whatever it is, the evaluating thread comes to the same place and reports it.
        catch (Exception)
#pragma warning restore CA1031
        {
            Trail.Abandon(mark);
        }
        Trail.StandAt(mark.CallDepth);
    }
}
