namespace Ferry.Evaluation.Observation;

/// <summary>Several observers as one; they are left in the reverse order.</summary>
public sealed class CallObservers(IReadOnlyList<ICallObserver> observers) : ICallObserver
{
    public void Enter(ObservedCall call)
    {
        foreach (var observer in observers)
            observer.Enter(call);
    }

    public void Leave(ObservedCall call)
    {
        for (var index = observers.Count - 1; index >= 0; index--)
            observers[index].Leave(call);
    }
}
