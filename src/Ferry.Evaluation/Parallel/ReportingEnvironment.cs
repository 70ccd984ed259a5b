using Ferry.Evaluation.Ports;

namespace Ferry.Evaluation.Parallel;

/// <summary>Passes on what a program says once, also when evaluation begins anew.</summary>
/// <remarks>Only the evaluating thread reports, so the messages of a second run begin as those of the first.</remarks>
internal sealed class ReportingEnvironment(IEnvironment inner) : IEnvironment
{
    private int _reported;
    private int _skipped;

    public string CurrentSystem => inner.CurrentSystem;

    public long CurrentTime => inner.CurrentTime;

    public string? Variable(string name) => inner.Variable(name);

    public void Report(ReadOnlySpan<byte> message)
    {
        Ahead.RequireKnownOrder();
        if (_skipped > 0)
        {
            _skipped--;
            return;
        }
        _reported++;
        inner.Report(message);
    }

    /// <summary>What is reported from now on may be reported again by <see cref="BeginAgain"/>.</summary>
    public void Begin() => (_reported, _skipped) = (0, 0);

    public void BeginAgain() => (_reported, _skipped) = (0, _reported);
}
