namespace Ferry.Evaluation.Observation;

/// <summary>Is told of every function call of an evaluation, which runs on one thread then.</summary>
/// <remarks>Owner: the evaluating thread. Calls nest; one that fails is left as well.</remarks>
public interface ICallObserver
{
    /// <summary>Before the function runs.</summary>
    void Enter(ObservedCall call);

    /// <summary>After it has returned or failed.</summary>
    void Leave(ObservedCall call);
}
