namespace Ferry.Evaluation.Observation;

/// <summary>Says when each call begins and ends, as the setting <c>trace-function-calls</c> wants it.</summary>
/// <param name="report">Takes a line.</param>
/// <param name="clock">Whose time is printed, in nanoseconds since 1970.</param>
public sealed class CallTrace(Action<string> report, TimeProvider clock) : ICallObserver
{
    private const int NanosecondsPerTick = 100;

    public void Enter(ObservedCall call) => Report("entered", call);

    public void Leave(ObservedCall call) => Report("exited", call);

    private void Report(string what, ObservedCall call)
    {
        var time = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;
        report($"function-trace {what} {ObservedCall.Show(call.Position)} at {time}");
    }
}
