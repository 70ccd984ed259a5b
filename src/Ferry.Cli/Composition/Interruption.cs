using System.Runtime.InteropServices;

namespace Ferry.Cli.Composition;

/// <summary>Turns Ctrl-C and SIGTERM into one token that everything long-running watches.</summary>
/// <remarks>The second Ctrl-C ends the process at once; sandboxes die with it.</remarks>
internal static class Interruption
{
    private static readonly CancellationTokenSource s_source = new();
    private static readonly List<PosixSignalRegistration> s_registrations = [];

    public static CancellationToken Token => s_source.Token;

    public static void Watch()
    {
        foreach (
            var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
        )
            s_registrations.Add(PosixSignalRegistration.Create(signal, Handle));
    }

    private static void Handle(PosixSignalContext context)
    {
        if (s_source.IsCancellationRequested)
            return;
        context.Cancel = true;
        s_source.Cancel();
    }
}
