using System.Globalization;

namespace Ferry.Evaluation.Observation;

/// <summary>Looks at the stack of calls from time to time and counts what it sees: the profile of an evaluation.</summary>
/// <param name="clock">For the time between samples.</param>
/// <param name="interval">At least this long between samples; zero looks at every call.</param>
public sealed class StackSampler(TimeProvider clock, TimeSpan interval) : ICallObserver
{
    private readonly List<ObservedCall> _stack = [];
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _last = clock.GetTimestamp();

    public void Enter(ObservedCall call)
    {
        _stack.Add(call);
        var now = clock.GetTimestamp();
        if (clock.GetElapsedTime(_last, now) <= interval)
            return;
        _last = now;
        var folded = string.Join(';', _stack.Select(frame => frame.ToFrame()));
        _counts[folded] = _counts.GetValueOrDefault(folded) + 1;
    }

    public void Leave(ObservedCall call) => _stack.RemoveAt(_stack.Count - 1);

    /// <summary>The samples so far in folded form: a line for each stack, outermost call first, and how often it was seen.</summary>
    public string ToFoldedStacks() =>
        string.Concat(
            _counts
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair =>
                    string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}\n")
                )
        );
}
