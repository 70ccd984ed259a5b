using System.Text;

namespace Ferry.Build.Logs;

/// <summary>The output of one build: kept on disk, shown as it comes, and its end remembered for a failure report.</summary>
/// <remarks>Owned by the step; one thread at a time writes.</remarks>
public sealed class BuildLog : IDisposable
{
    private readonly IBuildEvents _events;
    private readonly BuildActivity _activity;
    private readonly FileStream? _file;
    private readonly LogLines _lines;
    private readonly Queue<string> _tail = [];
    private readonly int _tailLength;

    /// <param name="directory">Null when logs are not kept (<c>keep-build-log = false</c>).</param>
    /// <param name="derivationBaseName"><c>DIGEST-NAME.drv</c>.</param>
    /// <param name="tailLength">Lines remembered for the failure report; stock's <c>log-lines</c>, 25.</param>
    /// <param name="events">Gets each line as it comes.</param>
    /// <param name="activity">What the lines belong to.</param>
    public BuildLog(
        LogDirectory? directory,
        string derivationBaseName,
        int tailLength,
        IBuildEvents events,
        BuildActivity activity
    )
    {
        _events = events;
        _activity = activity;
        _tailLength = tailLength;
        _file = directory?.Create(derivationBaseName);
        _lines = new LogLines(TakeLine);
    }

    /// <summary>Bytes written so far, to be compared with <c>max-log-size</c>.</summary>
    public long Length { get; private set; }

    /// <summary>The last lines, oldest first.</summary>
    public IReadOnlyList<string> Tail => [.. _tail];

    public void Write(ReadOnlySpan<byte> output)
    {
        Length += output.Length;
        _file?.Write(output);
        _lines.Append(output);
    }

    /// <summary>Writes a line of Ferry's own builtins; the end is added.</summary>
    public void WriteLine(string text) => Write(Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>Gives out an unfinished last line and lets readers of the file see everything.</summary>
    public void Flush()
    {
        _lines.Flush();
        _file?.Flush();
    }

    public void Dispose() => _file?.Dispose();

    private void TakeLine(ReadOnlyMemory<byte> line)
    {
        if (BuilderMessage.TryParse(line) is { } message)
        {
            if (message.Phase is { } phase)
                _events.PhaseChanged(_activity, phase);
            return;
        }

        var text = Encoding.UTF8.GetString(line.Span);
        _events.LogLine(_activity, text);
        _tail.Enqueue(text);
        if (_tail.Count > _tailLength)
            _tail.Dequeue();
    }
}
