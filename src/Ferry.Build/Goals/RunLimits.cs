using Ferry.Store.Building;

namespace Ferry.Build.Goals;

/// <summary>Watches the time a builder takes and how long it says nothing.</summary>
/// <remarks>The watching happens on timer threads; The action that kills is called from there, at most once a limit.</remarks>
internal sealed class RunLimits : IDisposable
{
    private readonly BuildSettings _settings;
    private readonly Action _kill;
    private readonly CancellationTokenSource _timeout = new();
    private readonly CancellationTokenSource _silence = new();
    private readonly List<CancellationTokenRegistration> _registrations = [];
    private volatile BuildException? _reached;

    public RunLimits(BuildSettings settings, Action kill)
    {
        (_settings, _kill) = (settings, kill);
        Watch(_timeout, settings.Timeout);
        Watch(_silence, settings.SilenceMax);
    }

    /// <summary>Null while no limit was reached.</summary>
    public BuildException? Reached => _reached;

    /// <summary>The builder said something: its silence begins anew.</summary>
    public void SawOutput()
    {
        if (_settings.SilenceMax is { } limit)
            _silence.CancelAfter(limit);
    }

    public void Dispose()
    {
        // Waits for a callback that is running: afterwards nobody kills any more.
        _registrations.ForEach(registration => registration.Dispose());
        _timeout.Dispose();
        _silence.Dispose();
    }

    private void Watch(CancellationTokenSource timer, TimeSpan? limit)
    {
        if (limit is not { } time)
            return;
        _registrations.Add(
            timer.Token.Register(() =>
            {
                _reached ??= BuildException.Of(
                    BuildStatus.TimedOut,
                    $"timed out after {time.TotalSeconds:0} seconds"
                );
                _kill();
            })
        );
        timer.CancelAfter(time);
    }
}
