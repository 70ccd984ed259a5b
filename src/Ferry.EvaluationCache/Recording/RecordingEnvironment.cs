using Ferry.Evaluation.Ports;
using Ferry.EvaluationCache.Readings;

namespace Ferry.EvaluationCache.Recording;

/// <summary>Records which variables a program reads. Its system is part of the question.</summary>
public sealed class RecordingEnvironment(IEnvironment inner, EvaluationReadings readings)
    : IEnvironment
{
    public string CurrentSystem => inner.CurrentSystem;

    public long CurrentTime
    {
        get
        {
            readings.Spoil();
            return inner.CurrentTime;
        }
    }

    public string? Variable(string name)
    {
        var value = inner.Variable(name);
        readings.AddVariable(name, value);
        return value;
    }

    public void Report(ReadOnlySpan<byte> message) => inner.Report(message);
}
