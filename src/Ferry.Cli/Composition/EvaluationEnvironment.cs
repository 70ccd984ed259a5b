using Ferry.Cli.Progress;
using Ferry.Evaluation.Ports;

namespace Ferry.Cli.Composition;

/// <summary>What a program may see of this machine.</summary>
internal sealed class EvaluationEnvironment(Session session, bool isPure) : IEnvironment
{
    private readonly long _now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public string? Variable(string name) =>
        isPure ? null : session.Options.Environment.Variable(name);

    public string CurrentSystem =>
        session.Settings.Text("eval-system") is { Length: > 0 } system
            ? system
            : session.Options.System;

    public long CurrentTime => _now;

    public void Report(ReadOnlySpan<byte> message) =>
        session.Note(ByteTransparentWriter.Decode(message));
}
