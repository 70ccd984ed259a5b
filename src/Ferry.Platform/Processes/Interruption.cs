using System.Runtime.InteropServices;

namespace Ferry.Platform.Processes;

/// <summary>Turns Ctrl-C, and a polite request to end, into a cancellation. Make one, in the main program.</summary>
/// <remarks>
/// The first signal cancels <see cref="Token"/>, so that builds are killed and locks released in order. A second one ends
/// the process at once; sandboxes notice that by themselves.
/// </remarks>
public sealed class Interruption : IDisposable
{
    private const int HangupSignal = 1;
    private const int InterruptSignal = 2;
    private const int TerminateSignal = 15;

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signal;
    private Action? _diversion;

    private Interruption() { }

    public CancellationToken Token => _source.Token;

    /// <summary>The signal that came; 0 when none has.</summary>
    public int Signal => Volatile.Read(ref _signal);

    /// <summary>What a shell expects of a program that a signal ended: 128 and the signal; 0 when none came.</summary>
    public int ExitCode => Signal == 0 ? 0 : 128 + Signal;

    public static Interruption Watch()
    {
        var interruption = new Interruption();
        interruption.Add(PosixSignal.SIGINT, InterruptSignal);
        interruption.Add(PosixSignal.SIGTERM, TerminateSignal);
        interruption.Add(PosixSignal.SIGHUP, HangupSignal);
        return interruption;
    }

    /// <summary>Until it is disposed of, Ctrl-C calls an action and interrupts nothing else.</summary>
    /// <param name="action">Called on any thread.</param>
    public IDisposable Divert(Action action)
    {
        Volatile.Write(ref _diversion, action);
        return new Diversion(this);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Add(PosixSignal signal, int number) =>
        _registrations.Add(
            PosixSignalRegistration.Create(
                signal,
                context =>
                {
                    if (number == InterruptSignal && Volatile.Read(ref _diversion) is { } diversion)
                    {
                        context.Cancel = true;
                        diversion();
                        return;
                    }

                    // Not cancelled the second time: then the signal's own effect follows.
                    context.Cancel = Interlocked.CompareExchange(ref _signal, number, 0) == 0;
                    if (context.Cancel)
                        _source.Cancel();
                }
            )
        );

    private sealed class Diversion(Interruption interruption) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref interruption._diversion, null);
    }
}
